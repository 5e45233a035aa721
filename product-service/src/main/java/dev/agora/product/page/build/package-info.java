/** Builds the pages when products change, and in intervals. */
@NullMarked
package dev.agora.product.page.build;

import org.jspecify.annotations.NullMarked;
