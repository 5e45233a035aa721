/**
 * Posts: members write and read them, and their authors delete them.
 */
@NullMarked
package dev.agora.feed.post;

import org.jspecify.annotations.NullMarked;
