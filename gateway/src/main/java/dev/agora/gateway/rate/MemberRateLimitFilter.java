package dev.agora.gateway.rate;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.auth.TokenSwapFilter;

/** Limits the requests of each member, from all their addresses together. */
public final class MemberRateLimitFilter implements GlobalFilter, Ordered {

	private final RateLimiter limiter;

	public MemberRateLimitFilter(RateLimitSettings settings, RedisBuckets buckets, MeterRegistry meters) {
		RateLimit limit = new RateLimit("member", settings.member(), settings.memberBurst());
		this.limiter = new RateLimiter(limit, buckets, settings.tracked(), meters);
	}

	@Override
	public int getOrder() {
		return FilterOrder.MEMBER_RATE_LIMIT;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		String member = exchange.getAttribute(TokenSwapFilter.MEMBER);
		if (member != null) {
			this.limiter.count(member, exchange.getResponse().getHeaders());
		}
		return chain.filter(exchange);
	}

}
