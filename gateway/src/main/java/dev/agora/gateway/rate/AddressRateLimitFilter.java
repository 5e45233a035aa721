package dev.agora.gateway.rate;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.edge.ClientAddressFilter;

/** Limits the requests of each address, before its token is checked. */
public final class AddressRateLimitFilter implements WebFilter, Ordered {

	private final RateLimiter limiter;

	private final ApplicationContext context;

	public AddressRateLimitFilter(RateLimitSettings settings, RedisBuckets buckets, MeterRegistry meters,
			ApplicationContext context) {
		this.context = context;
		RateLimit limit = new RateLimit("address", settings.address(), settings.addressBurst());
		this.limiter = new RateLimiter(limit, buckets, settings.tracked(), meters);
	}

	@Override
	public int getOrder() {
		return FilterOrder.ADDRESS_RATE_LIMIT;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (isClientRequest(exchange)) {
			this.limiter.count(ClientAddressFilter.networkOf(exchange), exchange.getResponse().getHeaders());
		}
		return chain.filter(exchange);
	}

	/**
	 * Requests to the management port, which has a context of its own, are not limited:
	 * behind some load balancers the probes share an address with all clients.
	 */
	private boolean isClientRequest(ServerWebExchange exchange) {
		return exchange.getApplicationContext() == this.context;
	}

}
