@NullMarked
package dev.agora.feed.author;

import org.jspecify.annotations.NullMarked;
