/**
 * Tests of activities and their events.
 */
@NullMarked
package dev.agora.feed.activity;

import org.jspecify.annotations.NullMarked;
