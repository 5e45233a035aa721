package dev.agora.platform.problem;

import java.util.List;

/** Thrown if the requested object does not exist (404). */
public final class NotFound extends Problem {

	private static final long serialVersionUID = 1L;

	public NotFound(String detail) {
		super(404, "not-found", detail, List.of());
	}

	/**
	 * Refuses an unknown id.
	 * @param type the type of the object, as in "member"
	 * @param id the requested id
	 */
	public static NotFound of(String type, String id) {
		return new NotFound("There is no " + type + " " + id + ".");
	}

}
