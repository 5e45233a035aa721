/**
 * Keeps activities in line with their authors.
 */
@NullMarked
package dev.agora.feed.author;

import org.jspecify.annotations.NullMarked;
