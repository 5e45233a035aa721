package dev.agora.gateway.body;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.StreamedBody;
import dev.agora.gateway.auth.IdentityCache;
import dev.agora.gateway.edge.ClientAddressFilter;
import dev.agora.gateway.resilience.Deadlines;

/**
 * Receives the body of a request before the request uses anything that clients share: a
 * permit of its route, the circuit breaker, an instance, a deadline. A client that sends
 * slowly, or not at all, thus affects no other client. Requests without a body pass at
 * once.
 */
public final class RequestBodyFilter implements GlobalFilter, Ordered {

	private final IdentityCache identities;

	private final BodyBudget memberBudget;

	private final BodyBudget anonymousBudget;

	public RequestBodyFilter(IdentityCache identities, BodySettings settings, MeterRegistry meters) {
		this.identities = identities;
		this.memberBudget = new BodyBudget("member", settings.perMember(), settings, meters);
		this.anonymousBudget = new BodyBudget("address", settings.perAddress(), settings, meters);
	}

	@Override
	public int getOrder() {
		return FilterOrder.BODY;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		long length = headers.getContentLength();
		if (length == 0 || (length < 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING))) {
			return chain.filter(exchange);
		}
		if (StreamedBody.isOn(exchange)) {
			return chain.filter(exchange);
		}
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return Mono.using(() -> open(exchange, route, length),
				(body) -> receive(exchange, body).then(Mono.defer(() -> forward(exchange, body, chain))),
				CollectedBody::close);
	}

	/**
	 * Counts a body for the member if the token is cached, otherwise for the address:
	 * session-service is not called for a body that may never arrive.
	 */
	private CollectedBody open(ServerWebExchange exchange, Route route, long length) {
		@Nullable String member = this.identities.knownMember(exchange.getRequest(), route.getUri().getHost());
		return (member != null) ? CollectedBody.open(this.memberBudget, member, length)
				: CollectedBody.open(this.anonymousBudget, ClientAddressFilter.networkOf(exchange), length);
	}

	private static Mono<Void> receive(ServerWebExchange exchange, CollectedBody body) {
		return exchange.getRequest().getBody().doOnNext((piece) -> add(body, piece)).then();
	}

	private static void add(CollectedBody body, DataBuffer piece) {
		try {
			body.add(piece);
		}
		finally {
			DataBufferUtils.release(piece);
		}
	}

	private static Mono<Void> forward(ServerWebExchange exchange, CollectedBody body, GatewayFilterChain chain) {
		body.complete();
		Deadlines.bodyComplete(exchange);
		NettyDataBufferFactory buffers = (NettyDataBufferFactory) exchange.getResponse().bufferFactory();
		ServerHttpRequest request = new CollectedRequest(exchange.getRequest(), body.content(buffers));
		return chain.filter(exchange.mutate().request(request).build());
	}

	/** A request whose body has arrived. */
	private static final class CollectedRequest extends ServerHttpRequestDecorator {

		private final Flux<DataBuffer> body;

		CollectedRequest(ServerHttpRequest request, Flux<DataBuffer> body) {
			super(request);
			this.body = body;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return this.body;
		}

	}

}
