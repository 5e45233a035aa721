@NullMarked
package dev.agora.launcher.measure;

import org.jspecify.annotations.NullMarked;
