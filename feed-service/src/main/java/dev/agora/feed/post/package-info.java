/**
 * Posts: written, shown and deleted by their authors.
 */
@NullMarked
package dev.agora.feed.post;

import org.jspecify.annotations.NullMarked;
