@NullMarked
package dev.agora.feed.audience;

import org.jspecify.annotations.NullMarked;
