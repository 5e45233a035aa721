@NullMarked
package dev.agora.platform.imports.upload;

import org.jspecify.annotations.NullMarked;
