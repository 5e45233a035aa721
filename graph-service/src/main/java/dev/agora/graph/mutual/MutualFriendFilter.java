package dev.agora.graph.mutual;

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

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.identity.IdentityVerifier;
import dev.agora.platform.representation.AcceptedMedia;
import dev.agora.platform.representation.JsonBytes;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.PageRequest;

/**
 * Serves the reads that the cached sets and cards may serve, before Spring's dispatcher,
 * whose steps cost more than the read itself. {@link MutualFriendController} serves all
 * other reads.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class MutualFriendFilter implements WebFilter {

	private static final String BEFORE_ID = "/graph/members/";

	private static final String AFTER_ID = "/mutual-friends";

	private static final PathPattern PATH = PathPatternParser.defaultInstance.parse(BEFORE_ID + "{id}" + AFTER_ID);

	private final MutualFriends friends;

	private final IdentityVerifier verifier;

	public MutualFriendFilter(MutualFriends friends, IdentityVerifier verifier) {
		this.friends = friends;
		this.verifier = verifier;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		@Nullable String member = servedMember(exchange);
		return (member != null) ? serve(exchange, member) : chain.filter(exchange);
	}

	private Mono<Void> serve(ServerWebExchange exchange, String member) {
		ServerHttpRequest request = exchange.getRequest();
		// The pattern is the name of the operation in the metrics.
		exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
		return this.verifier.verify(Objects.requireNonNull(identity(request)))
			.flatMap((caller) -> this.friends.listJson(caller.id(), member, PageRequest.of(request)))
			.flatMap((json) -> JsonBytes.write(exchange.getResponse(), json));
	}

	/** Returns the member of the path, or null if the controller is to serve it. */
	static @Nullable String servedMember(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		String member = memberOf(request.getPath().value());
		return IdGenerator.isId(member) && request.getMethod().equals(HttpMethod.GET) && identity(request) != null
				&& isServed(exchange) ? member : null;
	}

	/**
	 * Returns what the path has in place of the id, or an empty text. The path is
	 * compared as it was sent: the controller serves its other spellings.
	 */
	private static String memberOf(String path) {
		int end = path.length() - AFTER_ID.length();
		boolean matches = end > BEFORE_ID.length() && path.startsWith(BEFORE_ID) && path.endsWith(AFTER_ID);
		return matches ? path.substring(BEFORE_ID.length(), end) : "";
	}

	private static boolean isServed(ServerWebExchange exchange) {
		return AcceptedMedia.isJson(exchange.getRequest().getHeaders())
				&& Consistency.of(exchange) != Consistency.STRONG;
	}

	private static @Nullable String identity(ServerHttpRequest request) {
		return request.getHeaders().getFirst(Identity.HEADER);
	}

}
