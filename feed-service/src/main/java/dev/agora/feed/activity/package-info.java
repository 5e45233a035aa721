/**
 * Activities: something that a member did, with the cards of its author and its product.
 */
@NullMarked
package dev.agora.feed.activity;

import org.jspecify.annotations.NullMarked;
