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
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.auth.SessionEnds;
import dev.agora.gateway.balance.Instance;
import dev.agora.gateway.balance.LoadBalancerFilter;
import dev.agora.gateway.resilience.Deadlines;
import dev.agora.platform.lifecycle.Drain;

/**
 * Ends the streams when this gateway drains, so that their clients reconnect to another
 * one. Otherwise each would delay the stop of the process and then be cut off. A stream
 * also ends with the session of its client, and when its heartbeats stop: the instance or
 * its network is then unavailable, although the connection is open.
 */
public final class StreamEndFilter implements GlobalFilter, Ordered {

	private final Deadlines deadlines;

	private final Drain drain;

	private final SessionEnds sessions;

	public StreamEndFilter(Deadlines deadlines, Drain drain, SessionEnds sessions) {
		this.deadlines = deadlines;
		this.drain = drain;
		this.sessions = sessions;
	}

	@Override
	public int getOrder() {
		return FilterOrder.STREAM_END;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		if (this.deadlines.hasDeadline(route.getId())) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate().response(new EndingResponse(exchange)).build());
	}

	private <T> Flux<T> untilSilent(Publisher<T> body) {
		return Flux.from(body).timeout(this.deadlines.streamIdle(), Flux.empty());
	}

	private final class EndingResponse extends ServerHttpResponseDecorator {

		private final ServerWebExchange exchange;

		EndingResponse(ServerWebExchange exchange) {
			super(exchange.getResponse());
			this.exchange = exchange;
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
			Mono<Void> end = Mono.firstWithSignal(StreamEndFilter.this.drain.begun(),
					StreamEndFilter.this.sessions.endOf(this.exchange));
			Instance instance = this.exchange.getRequiredAttribute(LoadBalancerFilter.INSTANCE);
			return super.writeAndFlushWith(
					instance.countStream(StreamEndFilter.this.untilSilent(body)).takeUntilOther(end));
		}

	}

}
