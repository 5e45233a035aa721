package dev.agora.session.session;

import java.time.Duration;

import org.springframework.http.ResponseCookie;

/** The browser's way to send the token; scripts of a page cannot read it. */
public final class SessionCookie {

	static final String NAME = "__Host-agora";

	private SessionCookie() {
	}

	/** What makes the browser keep a token. */
	public static String of(Token token, Duration lifetime) {
		return header(token.text(), lifetime);
	}

	/** What makes the browser forget its token. */
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
