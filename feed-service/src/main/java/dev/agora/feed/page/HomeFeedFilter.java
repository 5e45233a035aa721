package dev.agora.feed.page;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import dev.agora.feed.timeline.TimelineController;
import dev.agora.feed.timeline.Timelines;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.identity.IdentityVerifier;
import dev.agora.platform.representation.AcceptedMedia;
import dev.agora.platform.representation.JsonBytes;
import dev.agora.platform.representation.PageJson;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.PageRequest;

/**
 * Serves the home feeds that the caches may serve, before Spring's dispatcher, whose
 * steps cost more than the read itself. {@link TimelineController} serves all other
 * reads.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class HomeFeedFilter implements WebFilter {

	private static final PathPattern PATH = PathPatternParser.defaultInstance.parse("/feed");

	private final Timelines timelines;

	private final IdentityVerifier verifier;

	public HomeFeedFilter(Timelines timelines, IdentityVerifier verifier) {
		this.timelines = timelines;
		this.verifier = verifier;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return isServed(exchange) ? serve(exchange) : chain.filter(exchange);
	}

	private Mono<Void> serve(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		// The pattern is the name of the operation in the metrics.
		exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
		return this.verifier.verify(Objects.requireNonNull(identity(request)))
			.flatMap((caller) -> this.timelines.page(caller.id(), PageRequest.of(request)))
			.flatMap((page) -> JsonBytes.write(exchange.getResponse(), PageJson.of(page.items(), page.next())));
	}

	static boolean isServed(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		return request.getMethod().equals(HttpMethod.GET) && PATH.matches(request.getPath().pathWithinApplication())
				&& identity(request) != null && AcceptedMedia.isJson(request.getHeaders())
				&& Consistency.of(exchange) != Consistency.STRONG;
	}

	private static @Nullable String identity(ServerHttpRequest request) {
		return request.getHeaders().getFirst(Identity.HEADER);
	}

}
