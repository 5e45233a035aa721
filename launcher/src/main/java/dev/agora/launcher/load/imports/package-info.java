/** Imports lists of items as jobs of the services. */
@NullMarked
package dev.agora.launcher.load.imports;

import org.jspecify.annotations.NullMarked;
