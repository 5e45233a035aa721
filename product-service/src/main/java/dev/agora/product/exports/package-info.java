/**
 * The records of product-service about a member, for an export.
 */
@NullMarked
package dev.agora.product.exports;

import org.jspecify.annotations.NullMarked;
