package dev.agora.gateway.rate;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.auth.TokenSwapFilter;

/** Holds each member to a quota, from however many addresses. */
public final class MemberRateLimitFilter implements GlobalFilter, Ordered {

	private final RateLimiter limiter;

	public MemberRateLimitFilter(RateLimitSettings settings, RedisBuckets buckets, MeterRegistry meters) {
		RateLimit quota = new RateLimit("member", settings.member(), settings.memberBurst());
		this.limiter = new RateLimiter(quota, buckets, settings.tracked(), meters);
	}

	@Override
	public int getOrder() {
		return FilterOrder.MEMBER_LIMIT;
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
