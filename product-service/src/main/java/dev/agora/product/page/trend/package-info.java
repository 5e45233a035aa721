/** Finds the products that members view, review and post about at present. */
@NullMarked
package dev.agora.product.page.trend;

import org.jspecify.annotations.NullMarked;
