/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.feed.exports;

import org.jspecify.annotations.NullMarked;
