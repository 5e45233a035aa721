@NullMarked
package dev.agora.console.trace;

import org.jspecify.annotations.NullMarked;
