package dev.agora.platform.problem;

import java.util.List;

import dev.agora.platform.problem.input.FieldError;

/** Thrown if the input is malformed (400), or well-formed but not meaningful (422). */
public final class InvalidRequest extends Problem {

	private static final long serialVersionUID = 1L;

	private InvalidRequest(int status, String code, String detail, List<FieldError> errors) {
		super(status, code, detail, errors);
	}

	/** Refuses an input with malformed fields (400). */
	public static InvalidRequest fields(List<FieldError> errors) {
		return new InvalidRequest(400, "invalid-request", "The request is not valid; see errors.", errors);
	}

	/** Refuses one malformed field, header or parameter (400). */
	public static InvalidRequest field(String field, String message) {
		return fields(List.of(new FieldError(field, message)));
	}

	/** Refuses a field that is well-formed but not meaningful (422). */
	public static InvalidRequest unprocessable(String code, String field, String detail) {
		return new InvalidRequest(422, code, detail, List.of(new FieldError(field, detail)));
	}

}
