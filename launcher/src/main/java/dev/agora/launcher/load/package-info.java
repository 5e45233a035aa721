/** Fills a system through its public API, from files or with data made up. */
@NullMarked
package dev.agora.launcher.load;

import org.jspecify.annotations.NullMarked;
