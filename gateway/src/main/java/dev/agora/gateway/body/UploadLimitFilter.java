package dev.agora.gateway.body;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.StreamedBody;
import dev.agora.gateway.auth.TokenSwapFilter;
import dev.agora.gateway.edge.ClientAddressFilter;
import dev.agora.platform.permit.OwnerPermits;
import dev.agora.platform.problem.TooManyRequests;

/**
 * Bounds the uploads of each member, which take a connection to an instance for as long
 * as the member sends. Those of anonymous clients count for their address.
 */
public final class UploadLimitFilter implements GlobalFilter, Ordered {

	private final OwnerPermits uploads;

	private final TooManyRequests tooMany;

	private final Counter rejected;

	public UploadLimitFilter(BodySettings settings, MeterRegistry meters) {
		this.uploads = new OwnerPermits(settings.uploadsPerMember());
		this.tooMany = new TooManyRequests("too-many-uploads", "A member may upload at most " + this.uploads.max()
				+ " files at a time. Wait for the end of one of them.", settings.retryAfter());
		this.rejected = meters.counter("body.rejected", "client", "member", "reason", "uploads");
		Gauge.builder("body.uploads", this.uploads, OwnerPermits::acquired).register(meters);
	}

	@Override
	public int getOrder() {
		return FilterOrder.UPLOAD_LIMIT;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		if (!StreamedBody.isOn(exchange)) {
			return chain.filter(exchange);
		}
		@Nullable String member = exchange.getAttribute(TokenSwapFilter.MEMBER);
		String client = (member != null) ? member : ClientAddressFilter.networkOf(exchange);
		return Mono.using(() -> start(client), (started) -> chain.filter(exchange), this.uploads::release);
	}

	private String start(String client) {
		if (!this.uploads.tryAcquire(client)) {
			this.rejected.increment();
			throw this.tooMany;
		}
		return client;
	}

}
