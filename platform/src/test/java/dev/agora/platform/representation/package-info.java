@NullMarked
package dev.agora.platform.representation;

import org.jspecify.annotations.NullMarked;
