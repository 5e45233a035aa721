/**
 * The rows of an imported file: read line by line, checked, and divided into batches.
 */
@NullMarked
package dev.agora.platform.imports.row;

import org.jspecify.annotations.NullMarked;
