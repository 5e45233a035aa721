package dev.agora.gateway.upstream;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.resilience.Deadlines;
import dev.agora.platform.lifecycle.Drain;

/**
 * Ends the streams when this gateway drains, so that their clients reconnect to another
 * one. Otherwise each would delay the stop of the process and then be cut off.
 */
public final class StreamDrainFilter implements GlobalFilter, Ordered {

	private final Deadlines deadlines;

	private final Drain drain;

	public StreamDrainFilter(Deadlines deadlines, Drain drain) {
		this.deadlines = deadlines;
		this.drain = drain;
	}

	@Override
	public int getOrder() {
		return FilterOrder.STREAM_DRAIN;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		if (this.deadlines.hasDeadline(route.getId())) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate().response(new DrainedResponse(exchange.getResponse())).build());
	}

	private final class DrainedResponse extends ServerHttpResponseDecorator {

		DrainedResponse(ServerHttpResponse response) {
			super(response);
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			return super.writeAndFlushWith(Flux.from(body).takeUntilOther(StreamDrainFilter.this.drain.begun()));
		}

	}

}
