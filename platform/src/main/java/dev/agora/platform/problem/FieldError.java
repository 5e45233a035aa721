package dev.agora.platform.problem;

/**
 * What is wrong with one field of the input.
 *
 * @param field the path of the field, as the client wrote it
 * @param message what it must be
 */
public record FieldError(String field, String message) {
}
