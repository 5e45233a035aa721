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

/** Holds each address to its quota, before anybody is asked who it is. */
public final class AddressRateLimitFilter implements WebFilter, Ordered {

	private final RateLimiter limiter;

	private final ApplicationContext served;

	public AddressRateLimitFilter(RateLimitSettings settings, RedisBuckets buckets, MeterRegistry meters,
			ApplicationContext served) {
		this.served = served;
		RateLimit quota = new RateLimit("address", settings.address(), settings.addressBurst());
		this.limiter = new RateLimiter(quota, buckets, settings.tracked(), meters);
	}

	@Override
	public int getOrder() {
		return FilterOrder.ADDRESS_LIMIT;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (isOfClient(exchange)) {
			this.limiter.count(ClientAddressFilter.networkOf(exchange), exchange.getResponse().getHeaders());
		}
		return chain.filter(exchange);
	}

	/**
	 * Whoever probes the management port, which has a context of its own, must get
	 * through: behind some load balancers all clients share an address with them.
	 */
	private boolean isOfClient(ServerWebExchange exchange) {
		return exchange.getApplicationContext() == this.served;
	}

}
