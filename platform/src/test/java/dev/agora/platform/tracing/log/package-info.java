@NullMarked
package dev.agora.platform.tracing.log;

import org.jspecify.annotations.NullMarked;
