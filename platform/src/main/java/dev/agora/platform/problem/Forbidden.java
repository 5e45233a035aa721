package dev.agora.platform.problem;

import java.util.List;

/** Thrown if the caller may not do this (403). */
public final class Forbidden extends Problem {

	private static final long serialVersionUID = 1L;

	public Forbidden(String detail) {
		super(403, "forbidden", detail, List.of());
	}

}
