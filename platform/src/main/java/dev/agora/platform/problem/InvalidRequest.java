package dev.agora.platform.problem;

import java.util.List;

import dev.agora.platform.problem.input.FieldError;

/** The input itself is wrong: malformed (400), or well-formed but without sense (422). */
public final class InvalidRequest extends Problem {

	private static final long serialVersionUID = 1L;

	private InvalidRequest(int status, String code, String sentence, List<FieldError> errors) {
		super(status, code, sentence, errors);
	}

	/** The input as a whole is malformed, one or more fields at fault (400). */
	public static InvalidRequest fields(List<FieldError> errors) {
		return new InvalidRequest(400, "invalid-request", "The request is not valid; see errors.", errors);
	}

	/** One field, header or parameter is malformed (400). */
	public static InvalidRequest field(String field, String message) {
		return fields(List.of(new FieldError(field, message)));
	}

	/** The input is well-formed but makes no sense (422). */
	public static InvalidRequest unprocessable(String code, String field, String sentence) {
		return new InvalidRequest(422, code, sentence, List.of(new FieldError(field, sentence)));
	}

}
