@NullMarked
package dev.agora.product.page.render;

import org.jspecify.annotations.NullMarked;
