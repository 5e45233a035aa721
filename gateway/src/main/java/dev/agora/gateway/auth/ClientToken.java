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
 * @param byCookie whether a browser sent it by itself
 */
record ClientToken(String text, boolean byCookie) {

	private static final String BEARER = "bearer";

	private static final int LENGTH = 43;

	/**
	 * Reads the token from {@code Authorization: Bearer}. Credentials of another scheme
	 * are somebody else's, such as those for a proxy before a staging site, and say
	 * nothing of who calls.
	 * @throws Unauthenticated if it is meant for us and cannot be a token
	 */
	static Optional<ClientToken> ofHeader(HttpHeaders request) {
		@Nullable ClientToken found = null;
		for (String authorization : request.getOrEmpty(HttpHeaders.AUTHORIZATION)) {
			if (hasForm(authorization)) {
				throw new Unauthenticated("The header Authorization must be: Bearer <token>.");
			}
			if (isBearer(authorization)) {
				if (found != null) {
					throw new Unauthenticated("More than one token was sent.");
				}
				found = requireForm(authorization.substring(BEARER.length()).strip());
			}
		}
		return Optional.ofNullable(found);
	}

	/** SHA-256 in hex, so that no memory dump yields tokens. */
	String hash() {
		return Sha256.hex(this.text);
	}

	/** Keeps the secret out of logs. */
	@Override
	public String toString() {
		return "SentToken[byCookie=" + this.byCookie + "]";
	}

	/** Whether a text looks like a token; by hand, since each request passes here. */
	static boolean hasForm(String text) {
		if (text.length() != LENGTH) {
			return false;
		}
		for (int i = 0; i < text.length(); i++) {
			char sign = text.charAt(i);
			boolean letterOrDigit = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z')
					|| (sign >= '0' && sign <= '9');
			if (!letterOrDigit && sign != '-' && sign != '_') {
				return false;
			}
		}
		return true;
	}

	private static boolean isBearer(String authorization) {
		return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
				&& (authorization.length() == BEARER.length() || authorization.charAt(BEARER.length()) == ' ');
	}

	private static ClientToken requireForm(String text) {
		if (!hasForm(text)) {
			throw new Unauthenticated("The token is not one of ours.");
		}
		return new ClientToken(text, false);
	}

}
