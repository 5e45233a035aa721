@NullMarked
package dev.agora.platform.event;

import org.jspecify.annotations.NullMarked;
