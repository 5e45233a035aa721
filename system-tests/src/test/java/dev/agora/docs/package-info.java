/** The checks of the docs: links, named tests and the table of settings. */
@NullMarked
package dev.agora.docs;

import org.jspecify.annotations.NullMarked;
