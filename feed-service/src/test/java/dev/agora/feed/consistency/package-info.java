@NullMarked
package dev.agora.feed.consistency;

import org.jspecify.annotations.NullMarked;
