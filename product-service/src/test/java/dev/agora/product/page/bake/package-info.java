@NullMarked
package dev.agora.product.page.bake;

import org.jspecify.annotations.NullMarked;
