package dev.agora.gateway.balance;

import java.net.URI;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpStatusClass;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;

/**
 * Gives a request that is routed to {@code lb://<service>} to one of its clones. It is
 * over for the balance when the answer's head is there: what follows depends on the
 * client.
 */
public final class LoadBalancerFilter implements GlobalFilter, Ordered {

	/** What the paths of all routes begin with, and those of the services do not. */
	public static final String PREFIX = "/api/v1";

	/** RFC 9110, 9.2.2: those that a proxy may repeat. */
	private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.PUT, HttpMethod.DELETE);

	private final LoadBalancer balancer;

	public LoadBalancerFilter(LoadBalancer balancer) {
		this.balancer = balancer;
	}

	@Override
	public int getOrder() {
		return FilterOrder.BALANCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		String target = inside(exchange.getRequest().getURI());
		return this.balancer.call(route.getUri().getHost(), repeatable(exchange.getRequest()), (clone) -> {
			exchange.getAttributes()
				.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, URI.create(clone.address() + target));
			exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR);
			return chain.filter(exchange).doOnSuccess((done) -> note(clone, exchange));
		});
	}

	/**
	 * A request with a body is not repeated: it may have been carried out, and its
	 * {@code If-Match} would refuse the repeat.
	 */
	private static RetryOn repeatable(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		boolean empty = headers.getContentLength() <= 0 && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null;
		return (empty && IDEMPOTENT.contains(request.getMethod())) ? RetryOn.WHEN_BROKEN : RetryOn.NEVER;
	}

	/**
	 * Without its first two segments, by which the route was found, however they were
	 * written.
	 */
	private static String inside(URI sent) {
		String path = sent.getRawPath();
		String rest = path.substring(path.indexOf('/', path.indexOf('/', 1) + 1));
		@Nullable String query = sent.getRawQuery();
		return (query != null) ? rest + "?" + query : rest;
	}

	private static void note(Instance clone, ServerWebExchange exchange) {
		HttpClientResponse answer = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		if (answer == null) {
			return;
		}
		if (answer.status().code() >= 500) {
			clone.answeredWithError();
		}
		// What a service cannot read it closes on as well.
		boolean refused = answer.status().codeClass() == HttpStatusClass.CLIENT_ERROR;
		if (!refused && "close".equalsIgnoreCase(answer.responseHeaders().get(HttpHeaderNames.CONNECTION))) {
			clone.drain();
		}
	}

}
