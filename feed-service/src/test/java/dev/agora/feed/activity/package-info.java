/**
 * Activities by themselves, and what is told of them.
 */
@NullMarked
package dev.agora.feed.activity;

import org.jspecify.annotations.NullMarked;
