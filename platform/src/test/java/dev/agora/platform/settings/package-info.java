@NullMarked
package dev.agora.platform.settings;

import org.jspecify.annotations.NullMarked;
