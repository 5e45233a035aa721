package dev.agora.gateway.balance;

import java.net.URI;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;

/** Gives a request that is routed to {@code lb://<service>} to one of its clones. */
public final class BalanceFilter implements GlobalFilter, Ordered {

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
		HttpMethod method = exchange.getRequest().getMethod();
		boolean repeatable = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
		return this.balancer.call(url.getHost(), repeatable, (clone) -> {
			exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, at(clone, url));
			exchange.getAttributes().remove(ServerWebExchangeUtils.GATEWAY_ALREADY_ROUTED_ATTR);
			return chain.filter(exchange);
		});
	}

	private static URI at(URI clone, URI url) {
		@Nullable String query = url.getRawQuery();
		return URI.create(clone + url.getRawPath() + ((query != null) ? "?" + query : ""));
	}

}
