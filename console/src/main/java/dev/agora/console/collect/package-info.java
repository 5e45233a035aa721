/** Collects once for all viewers, and streams the views to them. */
@NullMarked
package dev.agora.console.collect;

import org.jspecify.annotations.NullMarked;
