@NullMarked
package dev.agora.product.seller;

import org.jspecify.annotations.NullMarked;
