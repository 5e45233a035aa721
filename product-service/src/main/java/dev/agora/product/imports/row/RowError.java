package dev.agora.product.imports.row;

/**
 * An error in a file.
 *
 * @param line the line on which the row begins, from 1
 * @param field the field of the product, or {@code row} if the row as a whole is not
 * valid
 * @param message the constraint, as in "must be given"
 */
public record RowError(long line, String field, String message) {
}
