@NullMarked
package dev.agora.launcher.process;

import org.jspecify.annotations.NullMarked;
