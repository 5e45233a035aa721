package dev.agora.platform.problem;

import java.util.List;

import dev.agora.platform.problem.input.FieldError;

/**
 * Thrown if a change does not name the version that it changes (428), or names a version
 * other than the current one (412).
 */
public final class PreconditionFailed extends Problem {

	private static final long serialVersionUID = 1L;

	private PreconditionFailed(int status, String code, String header, String detail) {
		super(status, code, detail, List.of(new FieldError(header, detail)));
	}

	/** Refuses a change that names no version (428). */
	public static PreconditionFailed required(String header) {
		return new PreconditionFailed(428, "precondition-required", header,
				"A change must send the ETag of the object that it changes in " + header + ".");
	}

	/** Refuses a change of a version other than the current one (412). */
	public static PreconditionFailed failed(String header) {
		return new PreconditionFailed(412, "precondition-failed", header,
				"The object has been changed meanwhile: read it again, then repeat the change.");
	}

}
