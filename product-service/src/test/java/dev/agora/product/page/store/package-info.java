@NullMarked
package dev.agora.product.page.store;

import org.jspecify.annotations.NullMarked;
