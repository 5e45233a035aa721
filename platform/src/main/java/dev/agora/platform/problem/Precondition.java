package dev.agora.platform.problem;

import java.util.List;

/**
 * A change must name the version that it changes: it names none (428), or it is not the
 * version that is there (412).
 */
public final class Precondition extends Problem {

	private static final long serialVersionUID = 1L;

	private Precondition(int status, String code, String header, String sentence) {
		super(status, code, sentence, List.of(new FieldError(header, sentence)));
	}

	/** The request does not say which version it changes (428). */
	public static Precondition required(String header) {
		return new Precondition(428, "precondition-required", header,
				"A change must send the ETag of what it changes in " + header + ".");
	}

	/** The request is about another version than the one that is there (412). */
	public static Precondition failed(String header) {
		return new Precondition(412, "precondition-failed", header,
				"It has been changed meanwhile: read it again, then change that.");
	}

}
