package dev.agora.gateway.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/** First of all: where does the request come from? */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ClientAddressFilter implements WebFilter {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private final TrustedProxies proxies;

	public ClientAddressFilter(EdgeSettings settings) {
		this.proxies = new TrustedProxies(settings.trustedProxies());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		CurrentExchange.begin(exchange);
		InetAddress client = client(exchange.getRequest());
		if (client != null) {
			exchange.getAttributes().put(ClientAddress.ATTRIBUTE, ClientAddress.text(client));
		}
		return chain.filter(exchange);
	}

	private @Nullable InetAddress client(ServerHttpRequest request) {
		InetSocketAddress remote = request.getRemoteAddress();
		if (remote == null || remote.getAddress() == null) {
			return null;
		}
		InetAddress socket = remote.getAddress();
		return this.proxies.isTrusted(socket)
				? this.proxies.client(socket, request.getHeaders().getOrDefault(FORWARDED_FOR, List.of())) : socket;
	}

}
