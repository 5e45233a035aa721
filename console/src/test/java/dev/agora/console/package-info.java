@NullMarked
package dev.agora.console;

import org.jspecify.annotations.NullMarked;
