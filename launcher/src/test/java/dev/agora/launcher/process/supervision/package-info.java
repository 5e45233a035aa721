@NullMarked
package dev.agora.launcher.process.supervision;

import org.jspecify.annotations.NullMarked;
