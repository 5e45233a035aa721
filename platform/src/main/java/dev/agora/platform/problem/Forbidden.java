package dev.agora.platform.problem;

import java.util.List;

/** The caller may not do this (403). */
public final class Forbidden extends Problem {

	private static final long serialVersionUID = 1L;

	public Forbidden(String sentence) {
		super(403, "forbidden", sentence, List.of());
	}

}
