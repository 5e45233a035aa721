package dev.agora.gateway.auth;

import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.balance.LoadBalancerFilter;
import dev.agora.gateway.edge.EdgeSettings;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.problem.Unauthenticated;

/**
 * Swaps the client's token for the signed identity that the service trusts. Without a
 * token the request goes on as a stranger's; what is not for strangers the service
 * refuses.
 */
public final class TokenSwapFilter implements GlobalFilter, Ordered {

	/** The exchange attribute with the id of the member who asks; none for strangers. */
	public static final String MEMBER = "agora.member";

	/** A route whose metadata say {@code identity: none} asks nobody who they are. */
	private static final String METADATA = "identity";

	private static final PathPattern LOG_OUT = PathPatternParser.defaultInstance
		.parse(LoadBalancerFilter.PREFIX + "/sessions/current");

	private final IdentityCache identities;

	private final EdgeSettings.Cors cors;

	public TokenSwapFilter(IdentityCache identities, EdgeSettings edge) {
		this.identities = identities;
		this.cors = edge.cors();
	}

	@Override
	public int getOrder() {
		return FilterOrder.TOKEN_SWAP;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		if ("none".equals(route.getMetadata().get(METADATA))) {
			return chain.filter(exchange);
		}
		String service = route.getUri().getHost();
		Optional<ClientToken> token = ClientToken.ofHeader(exchange.getRequest().getHeaders());
		if (token.isPresent()) {
			return swap(token.get(), service, exchange, chain);
		}
		ClientCookie cookie = ClientCookie.of(exchange.getRequest().getHeaders());
		if (!cookie.isSent()) {
			return chain.filter(exchange);
		}
		requireOwnPage(exchange.getRequest());
		if (isLogOut(exchange.getRequest())) {
			return logOut(cookie, service, exchange, chain);
		}
		return cookie.token()
			.map((sent) -> swap(sent, service, exchange, chain))
			.orElseGet(() -> withoutToken(exchange, chain));
	}

	private Mono<Void> swap(ClientToken token, String service, ServerWebExchange exchange, GatewayFilterChain chain) {
		Mono<Void> served = this.identities.find(token, service)
			.flatMap((found) -> found.map((signed) -> chain.filter(signedBy(exchange, signed)))
				.orElseGet(() -> withoutSession(exchange, token, chain)));
		return endsSessions(exchange.getRequest(), service)
				? served.doFinally((signal) -> this.identities.forget(token)) : served;
	}

	/** Whatever the cookie is, who wants to be logged out is logged out afterwards. */
	private Mono<Void> logOut(ClientCookie cookie, String service, ServerWebExchange exchange,
			GatewayFilterChain chain) {
		return Flux.fromIterable(cookie.tokens())
			.concatMap((token) -> this.identities.find(token, service)
				.flatMap(Mono::justOrEmpty)
				.map((signed) -> chain.filter(signedBy(exchange, signed))
					.doFinally((signal) -> this.identities.forget(token))))
			.next()
			.defaultIfEmpty(Mono.defer(() -> loggedOut(exchange.getResponse())))
			.flatMap(Function.identity());
	}

	private static Mono<Void> loggedOut(ServerHttpResponse response) {
		ClientCookie.clear(response);
		response.setStatusCode(HttpStatus.NO_CONTENT);
		return response.setComplete();
	}

	/** The cookie is none of ours: whoever has it is a stranger, and is rid of it. */
	private static Mono<Void> withoutToken(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> ClientCookie.clear(response)));
		return isSafe(exchange.getRequest().getMethod()) ? chain.filter(exchange)
				: Mono.error(new Unauthenticated("The session cookie is broken: log in again."));
	}

	private static ServerWebExchange signedBy(ServerWebExchange exchange, SignedIdentity signed) {
		exchange.getAttributes().put(Identity.HEADER, signed.identity());
		if (signed.memberId() != null) {
			exchange.getAttributes().put(MEMBER, signed.memberId());
		}
		return exchange;
	}

	/**
	 * A browser sends the cookie of an ended session for as long as it keeps it: that
	 * must not keep anybody from what strangers may read.
	 */
	private static Mono<Void> withoutSession(ServerWebExchange exchange, ClientToken token, GatewayFilterChain chain) {
		return (token.byCookie() && isSafe(exchange.getRequest().getMethod())) ? chain.filter(exchange)
				: Mono.error(new Unauthenticated("The session has ended: log in again."));
	}

	/**
	 * A page of somebody else's can make a browser send the cookie, but not hide that.
	 * Those of the origins that may use the API count as our own.
	 */
	private void requireOwnPage(ServerHttpRequest request) {
		@Nullable String origin = request.getHeaders().getOrigin();
		if (origin == null || isSafe(request.getMethod()) || this.cors.allows(origin)) {
			return;
		}
		if (!origin.replaceFirst("^https?://", "").equals(request.getHeaders().getFirst("Host"))) {
			throw new Forbidden("A change by session cookie must come from a page of this site.");
		}
	}

	private static boolean isLogOut(ServerHttpRequest request) {
		return HttpMethod.DELETE.equals(request.getMethod())
				&& LOG_OUT.matches(request.getPath().pathWithinApplication());
	}

	/** Known here at once, whether or not a revocation is heard. */
	private static boolean endsSessions(ServerHttpRequest request, String service) {
		return HttpMethod.DELETE.equals(request.getMethod()) && "session-service".equals(service);
	}

	private static boolean isSafe(HttpMethod method) {
		return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method);
	}

}
