@NullMarked
package dev.agora.platform.text;

import org.jspecify.annotations.NullMarked;
