/**
 * New friendships as activities of their members.
 */
@NullMarked
package dev.agora.feed.friend;

import org.jspecify.annotations.NullMarked;
