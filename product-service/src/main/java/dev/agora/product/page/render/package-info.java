/** Renders products and lists of products as HTML. */
@NullMarked
package dev.agora.product.page.render;

import org.jspecify.annotations.NullMarked;
