package dev.agora.product.page.release;

import java.util.List;

import dev.agora.platform.problem.Problem;

/** Thrown if pages cannot be written to their target, which ends the job. */
public final class TargetFailed extends Problem {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the problem.
	 * @param target the directory or bucket
	 * @param reason why it cannot be written, without a full stop
	 */
	public TargetFailed(String target, String reason) {
		super(502, "page-target-failed", "The pages cannot be written to " + target + ": " + reason + ".", List.of());
	}

}
