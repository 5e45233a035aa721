package dev.agora.gateway.balance;

import java.net.URI;
import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
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
public final class BalanceFilter implements GlobalFilter, Ordered {

	/** RFC 9110, 9.2.2: those that a proxy may repeat. */
	private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.PUT, HttpMethod.DELETE);

	private final Balancer balancer;

	public BalanceFilter(Balancer balancer) {
		this.balancer = balancer;
	}

	@Override
	public int getOrder() {
		return FilterOrder.BALANCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI url = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (url == null || !"lb".equals(url.getScheme())) {
			return chain.filter(exchange);
		}
		return this.balancer.call(url.getHost(), repeatable(exchange.getRequest()), (clone) -> {
			exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, at(clone.address(), url));
			exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR);
			return chain.filter(exchange).doOnSuccess((done) -> note(clone, exchange));
		});
	}

	/** A body is passed on as it comes in, so that it cannot be sent twice. */
	private static Repeatable repeatable(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		boolean empty = headers.getContentLength() <= 0 && headers.getFirst(HttpHeaders.TRANSFER_ENCODING) == null;
		return (empty && IDEMPOTENT.contains(request.getMethod())) ? Repeatable.WHEN_BROKEN : Repeatable.NEVER;
	}

	private static URI at(URI clone, URI url) {
		@Nullable String query = url.getRawQuery();
		return URI.create(clone + url.getRawPath() + ((query != null) ? "?" + query : ""));
	}

	private static void note(Clone clone, ServerWebExchange exchange) {
		HttpClientResponse answer = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		if (answer == null) {
			return;
		}
		if (answer.status().code() >= 500) {
			clone.answeredWithError();
		}
		if ("close".equalsIgnoreCase(answer.responseHeaders().get(HttpHeaderNames.CONNECTION))) {
			clone.drain();
		}
	}

}
