package dev.agora.gateway.upstream;

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.platform.consistency.ConsistencyToken;

/**
 * Stores the consistency token of a response in a cookie of the browser. The gateway does
 * not read the token; {@link UpstreamHeadersFilter} passes the cookie on.
 */
public final class ConsistencyCookieFilter implements HttpHeadersFilter, Ordered {

	static final String NAME = "__Host-agora-consistency";

	private static final Duration LIFETIME = Duration.ofDays(1);

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,1000}");

	@Override
	public int getOrder() {
		return FilterOrder.CONSISTENCY_COOKIE;
	}

	@Override
	public boolean supports(Type type) {
		return type == Type.RESPONSE;
	}

	/** Only a browser sends the origin of its page, as it does with every write. */
	@Override
	public HttpHeaders filter(HttpHeaders received, ServerWebExchange exchange) {
		String token = received.getFirst(ConsistencyToken.HEADER);
		if (token != null && exchange.getRequest().getHeaders().getOrigin() != null) {
			received.add(HttpHeaders.SET_COOKIE, toHeader(token));
		}
		return received;
	}

	/** Finds the token of the cookie; null if there is none that has its form. */
	static @Nullable String find(ServerHttpRequest request) {
		if (!request.getHeaders().containsHeader(HttpHeaders.COOKIE)) {
			return null;
		}
		HttpCookie cookie = request.getCookies().getFirst(NAME);
		return (cookie != null && FORM.matcher(cookie.getValue()).matches()) ? cookie.getValue() : null;
	}

	private static String toHeader(String token) {
		return ResponseCookie.from(NAME, token)
			.path("/")
			.secure(true)
			.httpOnly(true)
			.sameSite("Lax")
			.maxAge(LIFETIME)
			.build()
			.toString();
	}

}
