@NullMarked
package dev.agora.product.imports.upload;

import org.jspecify.annotations.NullMarked;
