/** The job that builds all pages. */
@NullMarked
package dev.agora.product.page.bake;

import org.jspecify.annotations.NullMarked;
