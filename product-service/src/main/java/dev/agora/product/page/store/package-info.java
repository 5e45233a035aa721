/** Stores rendered pages, and caches the bytes that are served. */
@NullMarked
package dev.agora.product.page.store;

import org.jspecify.annotations.NullMarked;
