package dev.agora.platform.problem;

import java.util.List;

import dev.agora.platform.problem.input.FieldError;

/** The state of what is there does not allow the request (409). */
public final class Conflict extends Problem {

	private static final long serialVersionUID = 1L;

	public Conflict(String code, String sentence) {
		super(409, code, sentence, List.of());
	}

	public Conflict(String code, String field, String sentence) {
		super(409, code, sentence, List.of(new FieldError(field, sentence)));
	}

}
