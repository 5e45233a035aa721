package dev.agora.platform.web;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many items at the most, 1 to 100
 * @param cursor where to go on, null at the start; the id of the last item seen
 */
public record PageRequest(int limit, @Nullable String cursor) {

	/** The limit where the client names none. */
	public static final int DEFAULT_LIMIT = 20;

	/** The largest limit. */
	public static final int MAX_LIMIT = 100;

	/**
	 * Reads the query parameters.
	 * @param limit the parameter {@code limit}, or null
	 * @param cursor the parameter {@code cursor}, or null
	 * @throws InvalidRequest if the limit is out of range or the cursor was never handed
	 * out
	 */
	public static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
		if (cursor != null && !IdGenerator.isId(cursor)) {
			throw InvalidRequest.field("cursor", "must be a cursor from an earlier page");
		}
		return new PageRequest((limit != null) ? number(limit) : DEFAULT_LIMIT, cursor);
	}

	private static int number(String limit) {
		if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
			throw InvalidRequest.field("limit", "must be a number from 1 to 100");
		}
		return Integer.parseInt(limit);
	}

}
