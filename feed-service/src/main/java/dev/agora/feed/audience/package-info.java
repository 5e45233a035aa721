/**
 * Copies of the members and of who follows whom, fed by events.
 */
@NullMarked
package dev.agora.feed.audience;

import org.jspecify.annotations.NullMarked;
