package dev.agora.gateway.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Tells a browser, with every answer, whether a page of another site may read it. Added
 * where answers leave the process: a refusal that no filter has seen has them as well,
 * and a page can tell its user what was wrong.
 */
public final class CorsHeaders {

	/** What a page may read besides the few headers that it may always read. */
	private static final AsciiString EXPOSED = AsciiString.cached("Age, Allow, Consistency-Token, ETag, Location, "
			+ "RateLimit, RateLimit-Policy, Retry-After, Warning, WWW-Authenticate, X-Request-Id, X-Served-By");

	private static final AsciiString TRUE = AsciiString.cached("true");

	private final EdgeSettings.Cors cors;

	public CorsHeaders(EdgeSettings.Cors cors) {
		this.cors = cors;
	}

	/** Whether pages of any other site may use the API. */
	public boolean isNeeded() {
		return !this.cors.allowedOrigins().isEmpty();
	}

	public void addTo(HttpHeaders answer, @Nullable String origin) {
		Vary.add(answer, HttpHeaderNames.ORIGIN);
		if (origin != null && this.cors.allows(origin)) {
			answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
				.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE)
				.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
		}
	}

}
