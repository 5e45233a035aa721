package dev.agora.gateway.edge;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.TracingSettings;
import dev.agora.platform.web.trace.TraceSource;

/**
 * Begins the traces of clients' requests, and samples a share of them. The trace context
 * of a client is continued only if the client is trusted: it would decide which spans are
 * recorded, and could name a trace of another client.
 */
public final class EdgeTraces implements TraceSource {

	private final TrustedNetworks proxies;

	private final TrustedNetworks clients;

	private final double ratio;

	public EdgeTraces(EdgeSettings edge, TracingSettings tracing) {
		this.proxies = TrustedNetworks.ofProxies(edge);
		this.clients = new TrustedNetworks("tracing.trusted-clients", tracing.trustedClients());
		this.ratio = tracing.sampledRatio();
	}

	@Override
	public String begin(ServerHttpRequest request) {
		@Nullable String sent = request.getHeaders().getFirst(Trace.PARENT);
		return (sent != null && this.clients.areGiven() && Trace.isValid(sent) && isTrusted(request)) ? sent
				: Trace.start(this.ratio);
	}

	@Override
	public @Nullable String route(ServerWebExchange exchange) {
		@Nullable String pattern = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
		return (pattern != null) ? pattern : TraceSource.super.route(exchange);
	}

	private boolean isTrusted(ServerHttpRequest request) {
		return this.proxies.clientOf(request).filter(this.clients::isTrusted).isPresent();
	}

}
