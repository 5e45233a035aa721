@NullMarked
package dev.agora.measure;

import org.jspecify.annotations.NullMarked;
