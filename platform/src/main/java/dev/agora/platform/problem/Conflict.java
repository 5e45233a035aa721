package dev.agora.platform.problem;

import java.util.List;

import dev.agora.platform.problem.input.FieldError;

/** Thrown if the current state of an object does not allow the request (409). */
public final class Conflict extends Problem {

	private static final long serialVersionUID = 1L;

	public Conflict(String code, String detail) {
		super(409, code, detail, List.of());
	}

	public Conflict(String code, String field, String detail) {
		super(409, code, detail, List.of(new FieldError(field, detail)));
	}

}
