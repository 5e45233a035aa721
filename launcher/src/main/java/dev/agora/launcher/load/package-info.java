/** Fills a system through its public API, from files or with generated demo data. */
@NullMarked
package dev.agora.launcher.load;

import org.jspecify.annotations.NullMarked;
