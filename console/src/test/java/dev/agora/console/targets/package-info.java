@NullMarked
package dev.agora.console.targets;

import org.jspecify.annotations.NullMarked;
