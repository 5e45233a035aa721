@NullMarked
package dev.agora.product.imports;

import org.jspecify.annotations.NullMarked;
