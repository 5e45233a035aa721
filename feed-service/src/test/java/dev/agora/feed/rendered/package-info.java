/** Tests of the JSON of activities. */
@NullMarked
package dev.agora.feed.rendered;

import org.jspecify.annotations.NullMarked;
