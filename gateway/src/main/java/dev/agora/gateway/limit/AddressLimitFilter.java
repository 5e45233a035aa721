package dev.agora.gateway.limit;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.edge.ClientAddress;

/** Holds each address to its quota, before anybody is asked who it is. */
public final class AddressLimitFilter implements WebFilter, Ordered {

	private final RateLimiter limiter;

	public AddressLimitFilter(RateSettings settings, SharedBuckets buckets, MeterRegistry meters) {
		Quota quota = new Quota("address", settings.address(), settings.addressBurst());
		this.limiter = new RateLimiter(quota, buckets, settings.tracked(), meters);
	}

	@Override
	public int getOrder() {
		return FilterOrder.ADDRESS_LIMIT;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		this.limiter.count(ClientAddress.network(ClientAddress.of(exchange)), exchange.getResponse().getHeaders());
		return chain.filter(exchange);
	}

}
