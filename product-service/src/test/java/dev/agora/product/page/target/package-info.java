@NullMarked
package dev.agora.product.page.target;

import org.jspecify.annotations.NullMarked;
