@NullMarked
package dev.agora.console.load;

import org.jspecify.annotations.NullMarked;
