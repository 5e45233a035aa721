/**
 * Posts through their door.
 */
@NullMarked
package dev.agora.feed.post;

import org.jspecify.annotations.NullMarked;
