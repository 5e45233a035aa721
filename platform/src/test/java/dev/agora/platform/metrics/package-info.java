@NullMarked
package dev.agora.platform.metrics;

import org.jspecify.annotations.NullMarked;
