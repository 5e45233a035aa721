package dev.agora.platform.problem;

import java.util.List;

/** Thrown if the request needs a session and has no valid one (401). */
public final class Unauthenticated extends Problem {

	private static final long serialVersionUID = 1L;

	public Unauthenticated(String detail) {
		super(401, "unauthenticated", detail, List.of());
	}

	/** Refuses a member whose account was deleted while an identity is still valid. */
	public static Unauthenticated accountDeleted() {
		return new Unauthenticated("This account has been deleted.");
	}

}
