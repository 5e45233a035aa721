/**
 * Reviews of products as activities of their authors.
 */
@NullMarked
package dev.agora.feed.review;

import org.jspecify.annotations.NullMarked;
