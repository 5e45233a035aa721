package dev.agora.session.session;

import java.time.Duration;

import org.springframework.http.ResponseCookie;

/** The cookie with which a browser sends its token; no script can read it. */
public final class SessionCookie {

	static final String NAME = "__Host-agora";

	private SessionCookie() {
	}

	/** The {@code Set-Cookie} header that stores a token. */
	public static String of(Token token, Duration lifetime) {
		return header(token.text(), lifetime);
	}

	/** The {@code Set-Cookie} header that deletes the token. */
	public static String cleared() {
		return header("", Duration.ZERO);
	}

	private static String header(String value, Duration lifetime) {
		return ResponseCookie.from(NAME, value)
			.path("/")
			.secure(true)
			.httpOnly(true)
			.sameSite("Lax")
			.maxAge(lifetime)
			.build()
			.toString();
	}

}
