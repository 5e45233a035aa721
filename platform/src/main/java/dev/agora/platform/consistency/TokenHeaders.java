package dev.agora.platform.consistency;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

import dev.agora.platform.problem.InvalidRequest;

/** Reads the token of a request: that of the client, and that of its browser's cookie. */
public final class TokenHeaders {

	/** The header in which the gateway passes the cookie on; clients cannot set it. */
	public static final String COOKIE = "X-Agora-Consistency-Cookie";

	private TokenHeaders() {
	}

	/**
	 * Finds the token of a request, null if it has none. A malformed cookie is ignored,
	 * and so is one that does not fit to the header: a page can neither see nor delete
	 * it, so a refusal would lock its user out.
	 * @throws InvalidRequest if the header is malformed
	 */
	public static @Nullable ConsistencyToken find(HttpHeaders request) {
		List<String> sent = request.getOrEmpty(ConsistencyToken.HEADER);
		String cookie = request.getFirst(COOKIE);
		if (sent.isEmpty() && cookie == null) {
			return null;
		}
		ConsistencyToken token = sent.isEmpty() ? ConsistencyToken.NONE : TokenCodec.parse(sent);
		ConsistencyToken both = (cookie != null) ? token.merge(ofCookie(cookie)) : token;
		return (both.size() > TokenCodec.MAX_TOPICS) ? token : both;
	}

	private static ConsistencyToken ofCookie(String cookie) {
		try {
			return TokenCodec.decode(cookie);
		}
		catch (InvalidRequest ex) {
			return ConsistencyToken.NONE;
		}
	}

}
