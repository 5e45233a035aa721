/** Serves the files of the page. */
@NullMarked
package dev.agora.console.page;

import org.jspecify.annotations.NullMarked;
