/**
 * What is read of the news of members.
 */
@NullMarked
package dev.agora.feed.audience;

import org.jspecify.annotations.NullMarked;
