package dev.agora.gateway.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * The session cookie as a browser sent it. An empty, broken or doubled one is nobody's:
 * the browser sends it by itself, so that whoever has it could do nothing about it. It is
 * read from the header itself: a parser of cookies leaves out what it cannot read.
 *
 * @param values all that it is said to be; none where it was not sent
 */
record ClientCookie(List<String> values) {

	private static final String NAME = "__Host-agora";

	/** What makes the browser forget it. */
	private static final String CLEARED = ResponseCookie.from(NAME, "")
		.path("/")
		.secure(true)
		.httpOnly(true)
		.sameSite("Lax")
		.maxAge(0)
		.build()
		.toString();

	/** More than a browser could ever hold are not looked up. */
	private static final int MOST = 4;

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

	/** The token, if the cookie is as it was set. */
	Optional<ClientToken> token() {
		return (this.values.size() == 1) ? tokens().stream().findFirst() : Optional.empty();
	}

	/** Whatever in it could be a token. */
	List<ClientToken> tokens() {
		return this.values.stream()
			.filter(ClientToken::hasForm)
			.distinct()
			.limit(MOST)
			.map((text) -> new ClientToken(text, true))
			.toList();
	}

	/**
	 * Makes the browser forget the cookie, unless the answer sets it to something better.
	 * No cache may keep that answer: it would log out whoever gets it.
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
		return "SentCookie[" + this.values.size() + "]";
	}

	/** At the beginning of a pair, and not of a longer name. */
	private static boolean isName(String header, int at) {
		int before = at - 1;
		while (before >= 0 && isBlank(header.charAt(before))) {
			before--;
		}
		int behind = at + NAME.length();
		while (behind < header.length() && isBlank(header.charAt(behind))) {
			behind++;
		}
		return (before < 0 || header.charAt(before) == ';')
				&& (behind == header.length() || header.charAt(behind) == '=' || header.charAt(behind) == ';');
	}

	private static String value(String header, int from) {
		int end = header.indexOf(';', from);
		String pair = header.substring(from, (end < 0) ? header.length() : end).strip();
		String value = pair.startsWith("=") ? pair.substring(1).strip() : "";
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

	private static boolean isBlank(char sign) {
		return sign == ' ' || sign == '\t';
	}

}
