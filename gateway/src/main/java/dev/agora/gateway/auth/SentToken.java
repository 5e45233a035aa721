package dev.agora.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.agora.platform.problem.Unauthenticated;

/**
 * The token that a client sent.
 *
 * @param text the token
 * @param byCookie whether a browser sent it by itself
 */
record SentToken(String text, boolean byCookie) {

	private static final String COOKIE = "__Host-agora";

	private static final String BEARER = "bearer ";

	private static final int LENGTH = 43;

	/**
	 * Reads the token from {@code Authorization: Bearer}, else from the session cookie.
	 * @throws Unauthenticated if what was sent cannot be a token
	 */
	static Optional<SentToken> of(ServerHttpRequest request) {
		String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (authorization != null) {
			return Optional.of(requireForm(new SentToken(bearer(authorization), false)));
		}
		@Nullable HttpCookie cookie = request.getCookies().getFirst(COOKIE);
		return Optional.ofNullable(cookie).map((sent) -> requireForm(new SentToken(sent.getValue(), true)));
	}

	/** SHA-256 in hex, so that no memory dump yields tokens. */
	String hash() {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.US_ASCII));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Keeps the secret out of logs. */
	@Override
	public String toString() {
		return "SentToken[byCookie=" + this.byCookie + "]";
	}

	/** By hand, as {@link #isOfUs}: each request passes here. */
	private static String bearer(String authorization) {
		if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			throw new Unauthenticated("The header Authorization must be: Bearer <token>.");
		}
		return authorization.substring(BEARER.length()).stripLeading();
	}

	private static SentToken requireForm(SentToken token) {
		if (token.text().length() != LENGTH || !isOfUs(token.text())) {
			throw new Unauthenticated("The token is not one of ours.");
		}
		return token;
	}

	private static boolean isOfUs(String text) {
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

}
