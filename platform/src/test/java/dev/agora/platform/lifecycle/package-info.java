@NullMarked
package dev.agora.platform.lifecycle;

import org.jspecify.annotations.NullMarked;
