@NullMarked
package dev.agora.platform.cache;

import org.jspecify.annotations.NullMarked;
