@NullMarked
package dev.agora.platform.json;

import org.jspecify.annotations.NullMarked;
