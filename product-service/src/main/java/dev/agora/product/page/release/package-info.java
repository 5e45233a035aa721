/** Writes all pages to a directory or to a bucket, from which a CDN serves them. */
@NullMarked
package dev.agora.product.page.release;

import org.jspecify.annotations.NullMarked;
