@NullMarked
package dev.agora.product.page.release;

import org.jspecify.annotations.NullMarked;
