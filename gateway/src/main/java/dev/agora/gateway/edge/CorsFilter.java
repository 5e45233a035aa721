package dev.agora.gateway.edge;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.platform.problem.Forbidden;

/**
 * Tells browsers which other sites' pages may use the API. Preflights are answered here;
 * no service knows of them. Spring's own filter is not used: it compares the origin with
 * the address the request came in by, which is another one behind a proxy that ends TLS,
 * and would refuse the site's own pages.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
public final class CorsFilter implements WebFilter {

	private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

	private static final String REQUEST_HEADERS = "Authorization, Content-Type, Consistency, Consistency-Token, "
			+ "Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id, traceparent";

	private static final List<String> ANSWER_HEADERS = List.of("Age", "Consistency-Token", "ETag", "Location",
			"RateLimit", "RateLimit-Policy", "Retry-After", "Warning", "X-Request-Id", "X-Served-By");

	private final EdgeSettings.Cors cors;

	public CorsFilter(EdgeSettings settings) {
		this.cors = settings.cors();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (this.cors.allowedOrigins().isEmpty()) {
			return chain.filter(exchange);
		}
		exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		String origin = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ORIGIN);
		boolean allowed = this.cors.allows(origin);
		if (isPreflight(exchange.getRequest())) {
			return allowed ? answer(exchange.getResponse(), String.valueOf(origin))
					: Mono.error(new Forbidden("Pages of this origin may not use the API."));
		}
		if (allowed) {
			allow(exchange.getResponse().getHeaders(), String.valueOf(origin));
		}
		return chain.filter(exchange);
	}

	private Mono<Void> answer(ServerHttpResponse response, String origin) {
		HttpHeaders headers = response.getHeaders();
		allow(headers, origin);
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
		headers.setAccessControlMaxAge(this.cors.maxAge());
		response.setStatusCode(HttpStatus.NO_CONTENT);
		return response.setComplete();
	}

	private static void allow(HttpHeaders headers, String origin) {
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
		headers.setAccessControlExposeHeaders(ANSWER_HEADERS);
	}

	private static boolean isPreflight(ServerHttpRequest request) {
		return HttpMethod.OPTIONS.equals(request.getMethod())
				&& request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
	}

}
