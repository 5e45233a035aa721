package dev.agora.launcher.root;

/** What the user can do something about: shown as one sentence, without a stack trace. */
public final class Problem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Makes a problem.
	 * @param message what is wrong and the way out
	 */
	public Problem(String message) {
		super(message);
	}

}
