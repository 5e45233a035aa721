/**
 * Tests of the recountue.
 */
@NullMarked
package dev.agora.product.recount;

import org.jspecify.annotations.NullMarked;
