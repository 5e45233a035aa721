/**
 * Tests of the viewue.
 */
@NullMarked
package dev.agora.product.view;

import org.jspecify.annotations.NullMarked;
