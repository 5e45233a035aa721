/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.platform.exports;

import org.jspecify.annotations.NullMarked;
