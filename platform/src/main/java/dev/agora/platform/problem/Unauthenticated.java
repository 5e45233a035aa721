package dev.agora.platform.problem;

import java.util.List;

/** The request needs a session and has no valid one (401). */
public final class Unauthenticated extends Problem {

	private static final long serialVersionUID = 1L;

	public Unauthenticated(String sentence) {
		super(401, "unauthenticated", sentence, List.of());
	}

	/** Who left a moment ago may still have an identity that is not yet spent. */
	public static Unauthenticated left() {
		return new Unauthenticated("This member has left.");
	}

}
