/**
 * What is waited for, and for how long.
 */
@NullMarked
package dev.agora.feed.arrival;

import org.jspecify.annotations.NullMarked;
