package dev.agora.platform.problem;

import java.util.List;

import dev.agora.platform.problem.input.FieldError;

/**
 * A change must name the version that it changes: it names none (428), or it is not the
 * version that is there (412).
 */
public final class PreconditionFailed extends Problem {

	private static final long serialVersionUID = 1L;

	private PreconditionFailed(int status, String code, String header, String sentence) {
		super(status, code, sentence, List.of(new FieldError(header, sentence)));
	}

	/** The request does not say which version it changes (428). */
	public static PreconditionFailed required(String header) {
		return new PreconditionFailed(428, "precondition-required", header,
				"A change must send the ETag of what it changes in " + header + ".");
	}

	/** The request is about another version than the one that is there (412). */
	public static PreconditionFailed failed(String header) {
		return new PreconditionFailed(412, "precondition-failed", header,
				"It has been changed meanwhile: read it again, then change that.");
	}

}
