package dev.agora.gateway.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * The session cookie as a browser sent it. An empty, malformed or duplicate cookie
 * belongs to no session: the browser sends it on its own, and its user cannot repair it.
 * The header is read directly, because cookie parsers drop what they cannot read.
 *
 * @param values all values of the cookie; empty if it was not sent
 */
record ClientCookie(List<String> values) {

	private static final String NAME = "__Host-agora";

	/** The header that deletes the cookie. */
	private static final String CLEARED = ResponseCookie.from(NAME, "")
		.path("/")
		.secure(true)
		.httpOnly(true)
		.sameSite("Lax")
		.maxAge(0)
		.build()
		.toString();

	/** The maximum number of values that are looked up. No browser holds more of them. */
	private static final int MAX_TOKENS = 4;

	static ClientCookie of(HttpHeaders request) {
		List<String> values = new ArrayList<>();
		for (String header : request.getOrEmpty(HttpHeaders.COOKIE)) {
			for (int at = header.indexOf(NAME); at >= 0; at = header.indexOf(NAME, at + NAME.length())) {
				if (isName(header, at)) {
					values.add(value(header, at + NAME.length()));
				}
			}
		}
		return new ClientCookie(List.copyOf(values));
	}

	boolean isSent() {
		return !this.values.isEmpty();
	}

	/** The token, if the cookie has the form in which it was set. */
	Optional<ClientToken> token() {
		return (this.values.size() == 1) ? tokens().stream().findFirst() : Optional.empty();
	}

	/** All values that have the form of a token. */
	List<ClientToken> tokens() {
		return this.values.stream()
			.filter(ClientToken::isWellFormed)
			.distinct()
			.limit(MAX_TOKENS)
			.map((text) -> new ClientToken(text, true))
			.toList();
	}

	/**
	 * Deletes the cookie, unless the response sets a new one. No cache may store such a
	 * response, since it would log out everyone who gets it.
	 */
	static void clear(ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		if (headers.getOrEmpty(HttpHeaders.SET_COOKIE).stream().noneMatch((set) -> set.startsWith(NAME + "="))) {
			headers.add(HttpHeaders.SET_COOKIE, CLEARED);
		}
		headers.setCacheControl("no-store");
	}

	/** Keeps the secret out of logs. */
	@Override
	public String toString() {
		return "ClientCookie[" + this.values.size() + "]";
	}

	/**
	 * Whether the name of the cookie starts here, and not a longer name that contains it.
	 */
	private static boolean isName(String header, int at) {
		int start = at - 1;
		while (start >= 0 && isBlank(header.charAt(start))) {
			start--;
		}
		int end = at + NAME.length();
		while (end < header.length() && isBlank(header.charAt(end))) {
			end++;
		}
		return (start < 0 || header.charAt(start) == ';')
				&& (end == header.length() || header.charAt(end) == '=' || header.charAt(end) == ';');
	}

	private static String value(String header, int from) {
		int end = header.indexOf(';', from);
		String pair = header.substring(from, (end < 0) ? header.length() : end).strip();
		String value = pair.startsWith("=") ? pair.substring(1).strip() : "";
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

	private static boolean isBlank(char character) {
		return character == ' ' || character == '\t';
	}

}
