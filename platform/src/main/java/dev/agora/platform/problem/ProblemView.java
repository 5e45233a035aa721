package dev.agora.platform.problem;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.input.FieldError;

/**
 * The body of a problem response, {@code application/problem+json} (RFC 9457).
 *
 * @param type the URN of the kind of problem
 * @param title the reason phrase of the status
 * @param status the HTTP status
 * @param detail the sentence for the reader
 * @param instance the path of the request
 * @param traceId the id under which the logs show the request
 * @param errors the invalid fields, absent if there are none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemView(String type, String title, int status, @Nullable String detail, String instance, String traceId,
		List<FieldError> errors) {
}
