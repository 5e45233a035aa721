@NullMarked
package dev.agora.launcher.root;

import org.jspecify.annotations.NullMarked;
