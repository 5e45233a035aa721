@NullMarked
package dev.agora.product.imports.row;

import org.jspecify.annotations.NullMarked;
