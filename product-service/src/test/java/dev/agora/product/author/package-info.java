@NullMarked
package dev.agora.product.author;

import org.jspecify.annotations.NullMarked;
