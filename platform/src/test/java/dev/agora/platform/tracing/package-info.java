@NullMarked
package dev.agora.platform.tracing;

import org.jspecify.annotations.NullMarked;
