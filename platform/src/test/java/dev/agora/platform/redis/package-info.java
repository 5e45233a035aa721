@NullMarked
package dev.agora.platform.redis;

import org.jspecify.annotations.NullMarked;
