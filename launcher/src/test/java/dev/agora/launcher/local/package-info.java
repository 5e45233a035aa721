@NullMarked
package dev.agora.launcher.local;

import org.jspecify.annotations.NullMarked;
