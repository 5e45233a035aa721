@NullMarked
package dev.agora.platform.schedule;

import org.jspecify.annotations.NullMarked;
