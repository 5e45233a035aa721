/** Composes what a page shows from the readings. */
@NullMarked
package dev.agora.console.view;

import org.jspecify.annotations.NullMarked;
