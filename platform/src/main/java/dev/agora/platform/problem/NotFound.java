package dev.agora.platform.problem;

import java.util.List;

/** What was asked for is not there (404). */
public final class NotFound extends Problem {

	private static final long serialVersionUID = 1L;

	public NotFound(String sentence) {
		super(404, "not-found", sentence, List.of());
	}

	/**
	 * The usual refusal for an unknown id.
	 * @param what the kind of object, as in "member"
	 * @param id the id that was asked for
	 */
	public static NotFound of(String what, String id) {
		return new NotFound("There is no " + what + " " + id + ".");
	}

}
