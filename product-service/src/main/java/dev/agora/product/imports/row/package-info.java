/**
 * Reads the rows of a file, CSV or NDJSON, as products, and finds the errors of each row.
 */
@NullMarked
package dev.agora.product.imports.row;

import org.jspecify.annotations.NullMarked;
