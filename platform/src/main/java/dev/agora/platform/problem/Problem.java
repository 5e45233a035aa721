package dev.agora.platform.problem;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.input.FieldError;

/**
 * The base of all exceptions that become a problem response (RFC 9457): a sentence for
 * the reader, a stable code for programs, and the HTTP status.
 */
public abstract class Problem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	private final transient List<FieldError> errors;

	protected Problem(int status, String code, String detail, List<FieldError> errors) {
		this(status, code, detail, errors, null);
	}

	/** Creates a problem with the failure that it was mapped from. */
	Problem(int status, String code, String detail, List<FieldError> errors, @Nullable Throwable cause) {
		// A problem is an expected response and no fault, so it has no stack trace.
		super(detail, cause, false, false);
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

	public String detail() {
		return String.valueOf(getMessage());
	}

	public List<FieldError> errors() {
		return this.errors;
	}

	/**
	 * Returns the time after which the client may try again, null if a retry cannot
	 * succeed.
	 */
	public @Nullable Duration retryAfter() {
		return null;
	}

}
