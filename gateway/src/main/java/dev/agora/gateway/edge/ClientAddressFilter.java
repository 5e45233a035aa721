package dev.agora.gateway.edge;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.gateway.FilterOrder;
import dev.agora.platform.identity.ClientAddress;

/** Determines the address of the client. */
@Order(FilterOrder.CLIENT_ADDRESS)
public final class ClientAddressFilter implements WebFilter {

	private static final String ADDRESS = ClientAddressFilter.class.getName() + ".address";

	private final TrustedNetworks proxies;

	public ClientAddressFilter(EdgeSettings settings) {
		this.proxies = TrustedNetworks.ofProxies(settings);
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		CurrentExchange.begin(exchange);
		this.proxies.clientOf(exchange.getRequest())
			.ifPresent((client) -> exchange.getAttributes().put(ADDRESS, ClientAddress.of(client)));
		return chain.filter(exchange);
	}

	/** Returns the address of the client, empty if its connection has none. */
	public static Optional<ClientAddress> addressOf(ServerWebExchange exchange) {
		return Optional.ofNullable(exchange.getAttribute(ADDRESS));
	}

	/** Returns the network of the client, by which its requests are limited. */
	public static String networkOf(ServerWebExchange exchange) {
		return addressOf(exchange).map(ClientAddress::network).orElse("unknown");
	}

}
