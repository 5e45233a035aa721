/**
 * Counts how often products are viewed: approximately, and without delaying a response.
 */
@NullMarked
package dev.agora.product.view;

import org.jspecify.annotations.NullMarked;
