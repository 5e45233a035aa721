@NullMarked
package dev.agora.product.page;

import org.jspecify.annotations.NullMarked;
