package dev.agora.platform.web;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/** Refuses every request, a read or not, whose {@code Consistency} header is unknown. */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class ConsistencyFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Consistency.parse(exchange.getRequest().getHeaders().getFirst(Consistency.HEADER));
		return chain.filter(exchange);
	}

}
