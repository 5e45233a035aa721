package dev.agora.platform.web;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.QueryParameters;

/**
 * A request for one page of a list.
 *
 * @param limit the maximum number of items, 1 to 100
 * @param cursor the position of the last item of the page before, in most lists its id;
 * null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {

	/** The limit if the client sends none. */
	public static final int DEFAULT_LIMIT = 20;

	/** The largest limit. */
	public static final int MAX_LIMIT = 100;

	/**
	 * Reads the query parameters {@code limit} and {@code cursor} of a request.
	 * @throws InvalidRequest if one is repeated, the limit is out of range or the cursor
	 * is not an id
	 */
	public static PageRequest of(ServerHttpRequest request) {
		return parse(QueryParameters.single(request.getQueryParams(), "limit"),
				QueryParameters.single(request.getQueryParams(), "cursor"));
	}

	/**
	 * Parses the query parameters.
	 * @param limit the parameter {@code limit}, null if absent
	 * @param cursor the parameter {@code cursor}, null if absent
	 * @throws InvalidRequest if the limit is out of range or the cursor is not an id
	 */
	public static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
		if (cursor != null && !IdGenerator.isId(cursor)) {
			throw InvalidRequest.field("cursor", "must be a cursor from an earlier page");
		}
		return new PageRequest((limit != null) ? number(limit) : DEFAULT_LIMIT, cursor);
	}

	/**
	 * Parses the query parameters of a list with cursors of its own, which checks them.
	 * @throws InvalidRequest if the limit is out of range
	 */
	public static PageRequest withOwnCursor(@Nullable String limit, @Nullable String cursor) {
		return new PageRequest(parse(limit, null).limit(), cursor);
	}

	private static int number(String limit) {
		if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
			throw InvalidRequest.field("limit", "must be a number from 1 to 100");
		}
		return Integer.parseInt(limit);
	}

}
