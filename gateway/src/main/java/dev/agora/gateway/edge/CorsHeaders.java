package dev.agora.gateway.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Adds the CORS headers to every response, by which a browser decides whether a page of
 * another site may read it. The headers are added where responses leave the process, so
 * that a request rejected before any filter gets them too, and the page can show its user
 * the reason.
 */
public final class CorsHeaders {

	/** The headers that a page may read in addition to those that are always readable. */
	private static final AsciiString EXPOSED = AsciiString
		.cached("Age, Allow, Cache-Status, Consistency-Token, ETag, Location, "
				+ "RateLimit, RateLimit-Policy, Retry-After, Warning, WWW-Authenticate, X-Feed-Freshness, "
				+ "X-Request-Id, X-Served-By, X-Trace-Id");

	private static final AsciiString TRUE = AsciiString.cached("true");

	private final EdgeSettings.Cors cors;

	public CorsHeaders(EdgeSettings.Cors cors) {
		this.cors = cors;
	}

	/** Whether pages of any other site may use the API. */
	public boolean isNeeded() {
		return !this.cors.allowedOrigins().isEmpty();
	}

	public void addTo(HttpHeaders response, @Nullable String origin) {
		Vary.add(response, HttpHeaderNames.ORIGIN);
		if (origin != null && this.cors.allows(origin)) {
			response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
				.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, TRUE)
				.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
		}
	}

}
