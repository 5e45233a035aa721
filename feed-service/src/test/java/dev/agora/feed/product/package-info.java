@NullMarked
package dev.agora.feed.product;

import org.jspecify.annotations.NullMarked;
