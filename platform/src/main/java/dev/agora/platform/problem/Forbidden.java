package dev.agora.platform.problem;

import java.util.List;

/** Thrown if the caller may not do this (403). */
public final class Forbidden extends Problem {

	private static final long serialVersionUID = 1L;

	public Forbidden(String detail) {
		this("forbidden", detail);
	}

	/**
	 * Refuses with a code of its own.
	 * @param code the stable code for programs
	 * @param detail the reason
	 */
	public Forbidden(String code, String detail) {
		super(403, code, detail, List.of());
	}

	/** Refuses a member who is no operator. */
	public static Forbidden operatorRequired() {
		return new Forbidden("operator-required", "Only an operator may do this.");
	}

}
