@NullMarked
package dev.agora.platform.id;

import org.jspecify.annotations.NullMarked;
