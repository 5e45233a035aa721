package dev.agora.platform.problem;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.input.FieldError;

/**
 * The body of an error answer, {@code application/problem+json} (RFC 9457).
 *
 * @param type a URN that names the kind of problem
 * @param title the status in words
 * @param status the HTTP status
 * @param detail the refusal as a sentence
 * @param instance the path that was asked for
 * @param traceId finds the request in the logs
 * @param errors the fields at fault, absent where none is
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemView(String type, String title, int status, @Nullable String detail, String instance, String traceId,
		List<FieldError> errors) {
}
