@NullMarked
package dev.agora.platform.identity;

import org.jspecify.annotations.NullMarked;
