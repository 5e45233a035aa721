/**
 * Activities as the JSON that responses show. The cache keeps them in this form, so that
 * a page of a feed is joined from their bytes.
 */
@NullMarked
package dev.agora.feed.rendered;

import org.jspecify.annotations.NullMarked;
