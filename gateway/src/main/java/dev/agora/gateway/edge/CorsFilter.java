package dev.agora.gateway.edge;

import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.gateway.FilterOrder;
import dev.agora.platform.problem.Forbidden;

/**
 * Answers preflight requests of pages of other sites, which reach no service. The headers
 * of all other responses come from {@link CorsHeaders}. Spring's filter is not used: it
 * compares the origin with the address that the request was sent to, which differs behind
 * a proxy that terminates TLS, and would reject pages of this site.
 */
@Order(FilterOrder.CORS)
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
		return this.cors.allows(exchange.getRequest().getHeaders().getOrigin()) ? allowPreflight(exchange.getResponse())
				: Mono.error(
						new Forbidden("Pages of this origin may not use the API. An operator can allow the origin."));
	}

	private Mono<Void> allowPreflight(ServerHttpResponse response) {
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
