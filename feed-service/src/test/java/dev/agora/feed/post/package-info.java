/**
 * Tests of the endpoints of posts.
 */
@NullMarked
package dev.agora.feed.post;

import org.jspecify.annotations.NullMarked;
