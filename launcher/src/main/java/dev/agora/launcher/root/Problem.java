package dev.agora.launcher.root;

/**
 * Reports a failure that the user can remedy. The command line prints its message without
 * a stack trace.
 */
public final class Problem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates a problem.
	 * @param message what happened, why, and what to do about it
	 */
	public Problem(String message) {
		super(message);
	}

}
