@NullMarked
package dev.agora.platform.imports;

import org.jspecify.annotations.NullMarked;
