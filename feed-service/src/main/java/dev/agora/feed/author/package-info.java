/**
 * Activities that show their authors as they are now.
 */
@NullMarked
package dev.agora.feed.author;

import org.jspecify.annotations.NullMarked;
