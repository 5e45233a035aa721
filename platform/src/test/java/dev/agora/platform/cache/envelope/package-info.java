@NullMarked
package dev.agora.platform.cache.envelope;

import org.jspecify.annotations.NullMarked;
