package dev.agora.gateway.auth;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

import dev.agora.platform.digest.Sha256;
import dev.agora.platform.problem.Unauthenticated;

/**
 * The token that a client sent.
 *
 * @param text the token
 * @param fromCookie whether a browser sent it on its own, as a cookie
 */
record ClientToken(String text, boolean fromCookie) {

	private static final String BEARER = "bearer";

	private static final int LENGTH = 43;

	/**
	 * Reads the token from {@code Authorization: Bearer}. Other schemes are ignored:
	 * their credentials are meant for other servers, such as the proxy of a staging site.
	 * @throws Unauthenticated if the scheme is Bearer and the value is not a token
	 */
	static Optional<ClientToken> ofHeader(HttpHeaders request) {
		@Nullable ClientToken found = null;
		for (String authorization : request.getOrEmpty(HttpHeaders.AUTHORIZATION)) {
			if (isWellFormed(authorization)) {
				throw new Unauthenticated("The header Authorization must be: Bearer <token>.");
			}
			if (isBearer(authorization)) {
				if (found != null) {
					throw new Unauthenticated("The request has more than one token. Send one.");
				}
				found = requireWellFormed(authorization.substring(BEARER.length()).strip());
			}
		}
		return Optional.ofNullable(found);
	}

	/** The SHA-256 hash in hexadecimal digits, so that no memory dump contains tokens. */
	String hash() {
		return Sha256.hex(this.text);
	}

	/** Keeps the secret out of logs. */
	@Override
	public String toString() {
		return "ClientToken[fromCookie=" + this.fromCookie + "]";
	}

	/**
	 * Whether a text has the form of a token: 43 characters of base64url. It uses no
	 * regular expression, since it checks each request.
	 */
	static boolean isWellFormed(String text) {
		if (text.length() != LENGTH) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			boolean letterOrDigit = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
					|| (character >= '0' && character <= '9');
			if (!letterOrDigit && character != '-' && character != '_') {
				return false;
			}
		}
		return true;
	}

	private static boolean isBearer(String authorization) {
		return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
				&& (authorization.length() == BEARER.length() || authorization.charAt(BEARER.length()) == ' ');
	}

	private static ClientToken requireWellFormed(String text) {
		if (!isWellFormed(text)) {
			throw new Unauthenticated("The token is malformed. Log in to get a new one.");
		}
		return new ClientToken(text, false);
	}

}
