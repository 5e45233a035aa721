package dev.agora.platform.problem;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.input.FieldError;

/**
 * A refusal: a whole sentence for the reader, a stable code for the program, and the HTTP
 * status it is answered with.
 */
public abstract class Problem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	private final transient List<FieldError> errors;

	protected Problem(int status, String code, String sentence, List<FieldError> errors) {
		// A refusal is an answer, not a fault: no stack trace is collected.
		super(sentence, null, false, false);
		this.status = status;
		this.code = code;
		this.errors = List.copyOf(errors);
	}

	public int status() {
		return this.status;
	}

	public String code() {
		return this.code;
	}

	public String sentence() {
		return String.valueOf(getMessage());
	}

	public List<FieldError> errors() {
		return this.errors;
	}

	/**
	 * How long the client should wait before it tries again.
	 * @return the wait, or null where trying again is pointless
	 */
	public @Nullable Duration retryAfter() {
		return null;
	}

}
