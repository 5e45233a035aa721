@NullMarked
package dev.agora.platform.consistency;

import org.jspecify.annotations.NullMarked;
