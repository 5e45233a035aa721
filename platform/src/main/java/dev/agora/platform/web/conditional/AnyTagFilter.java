package dev.agora.platform.web.conditional;

import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/** Evaluates {@code If-None-Match: *} of reads. */
public final class AnyTagFilter implements WebFilter {

	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		boolean needed = READS.contains(exchange.getRequest().getMethod()) && AnyTagExchange.isNeededBy(exchange);
		return chain.filter(needed ? new AnyTagExchange(exchange) : exchange);
	}

}
