package dev.agora.gateway.edge;

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
 * Answers the preflights of other sites' pages, of which no service knows; what every
 * other answer must bear is added by {@link CorsHeaders}. Spring's own filter is not
 * used: it compares the origin with the address the request came in by, which is another
 * one behind a proxy that ends TLS, and would refuse the site's own pages.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
public final class CorsFilter implements WebFilter {

	private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

	private static final String REQUEST_HEADERS = "Authorization, Content-Type, Consistency, Consistency-Token, "
			+ "Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id, baggage, traceparent, tracestate";

	private final EdgeSettings.Cors cors;

	public CorsFilter(EdgeSettings settings) {
		this.cors = settings.cors();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (this.cors.allowedOrigins().isEmpty() || !isPreflight(exchange.getRequest())) {
			return chain.filter(exchange);
		}
		return this.cors.allows(exchange.getRequest().getHeaders().getOrigin()) ? answer(exchange.getResponse())
				: Mono.error(new Forbidden("Pages of this origin may not use the API."));
	}

	private Mono<Void> answer(ServerHttpResponse response) {
		HttpHeaders headers = response.getHeaders();
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
		headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
		headers.setAccessControlMaxAge(this.cors.maxAge());
		response.setStatusCode(HttpStatus.NO_CONTENT);
		return response.setComplete();
	}

	private static boolean isPreflight(ServerHttpRequest request) {
		return HttpMethod.OPTIONS.equals(request.getMethod())
				&& request.getHeaders().containsHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
	}

}
