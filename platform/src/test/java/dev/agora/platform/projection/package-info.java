@NullMarked
package dev.agora.platform.projection;

import org.jspecify.annotations.NullMarked;
