package dev.agora.gateway.auth;

import java.util.List;
import java.util.Optional;

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
 * Replaces the client's token by the signed identity that services trust. A request
 * without a token is passed on as anonymous; the service decides whether it needs a
 * member.
 */
public final class TokenSwapFilter implements GlobalFilter, Ordered {

	/**
	 * The exchange attribute with the id of the member who sends the request; absent for
	 * anonymous clients.
	 */
	public static final String MEMBER = Identity.MEMBER;

	/** The exchange attribute with the token of the session that sends the request. */
	static final String TOKEN = "agora.token";

	/** On a route with the metadata {@code identity: none} tokens are ignored. */
	private static final String METADATA = "identity";

	private static final PathPattern LOG_OUT_PATH = PathPatternParser.defaultInstance
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
		requireSameOrigin(exchange.getRequest());
		if (isLogOutRequest(exchange.getRequest())) {
			return logOut(cookie, service, exchange, chain);
		}
		return cookie.token()
			.map((fromCookie) -> swap(fromCookie, service, exchange, chain))
			.orElseGet(() -> withoutValidCookie(exchange, chain));
	}

	private Mono<Void> swap(ClientToken token, String service, ServerWebExchange exchange, GatewayFilterChain chain) {
		Mono<Void> served = this.identities.find(token, service)
			.flatMap((found) -> found.map((signed) -> forward(token, signed, exchange, chain))
				.orElseGet(() -> withoutSession(exchange, token, chain)));
		return isSessionDeletion(exchange.getRequest(), service)
				? served.doFinally((signal) -> this.identities.evict(token)) : served;
	}

	private static Mono<Void> forward(ClientToken token, SignedIdentity signed, ServerWebExchange exchange,
			GatewayFilterChain chain) {
		exchange.getAttributes().put(TOKEN, token);
		return chain.filter(signedBy(exchange, signed));
	}

	/**
	 * Logs the client out in any case, even if its cookie is malformed or its session has
	 * ended. If the cookie names several open sessions, all of them end: the client
	 * cannot choose one. The request itself ends the first.
	 */
	private Mono<Void> logOut(ClientCookie cookie, String service, ServerWebExchange exchange,
			GatewayFilterChain chain) {
		return Flux.fromIterable(cookie.tokens())
			.flatMapSequential((token) -> findSession(token, service))
			.collectList()
			.flatMap((open) -> open.isEmpty() ? respondLoggedOut(exchange.getResponse())
					: endOthers(open).then(endFirst(open.get(0), exchange, chain)));
	}

	private Mono<OpenSession> findSession(ClientToken token, String service) {
		return this.identities.find(token, service)
			.flatMap(Mono::justOrEmpty)
			.map((signed) -> new OpenSession(token, signed));
	}

	private Mono<Void> endOthers(List<OpenSession> open) {
		return Flux.fromIterable(open)
			.skip(1)
			.flatMap((session) -> this.identities.end(session.token(), session.identity()))
			.then();
	}

	private Mono<Void> endFirst(OpenSession session, ServerWebExchange exchange, GatewayFilterChain chain) {
		return Mono.defer(() -> chain.filter(signedBy(exchange, session.identity())))
			.doFinally((signal) -> this.identities.evict(session.token()));
	}

	private static Mono<Void> respondLoggedOut(ServerHttpResponse response) {
		ClientCookie.clear(response);
		response.setStatusCode(HttpStatus.NO_CONTENT);
		return response.setComplete();
	}

	/**
	 * Serves a read as anonymous and rejects a change, and deletes the malformed cookie
	 * in both cases.
	 */
	private static Mono<Void> withoutValidCookie(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpResponse response = exchange.getResponse();
		response.beforeCommit(() -> Mono.fromRunnable(() -> ClientCookie.clear(response)));
		return isSafe(exchange.getRequest().getMethod()) ? chain.filter(exchange)
				: Mono.error(new Unauthenticated("The session cookie is malformed: log in again."));
	}

	private static ServerWebExchange signedBy(ServerWebExchange exchange, SignedIdentity signed) {
		exchange.getAttributes().put(Identity.HEADER, signed.identity());
		if (signed.memberId() != null) {
			exchange.getAttributes().put(MEMBER, signed.memberId());
		}
		return exchange;
	}

	/**
	 * Serves a read as anonymous if the session of the cookie has ended: a browser keeps
	 * sending such a cookie, and public pages must stay readable.
	 */
	private static Mono<Void> withoutSession(ServerWebExchange exchange, ClientToken token, GatewayFilterChain chain) {
		return (token.fromCookie() && isSafe(exchange.getRequest().getMethod())) ? chain.filter(exchange)
				: Mono.error(new Unauthenticated("The session has ended: log in again."));
	}

	/**
	 * Rejects a change by cookie from a page of another site. Such a page can make a
	 * browser send the cookie, but cannot forge the {@code Origin}. The origins that may
	 * use the API count as this site.
	 */
	private void requireSameOrigin(ServerHttpRequest request) {
		@Nullable String origin = request.getHeaders().getOrigin();
		if (origin == null || isSafe(request.getMethod()) || this.cors.allows(origin)) {
			return;
		}
		if (!origin.replaceFirst("^https?://", "").equals(request.getHeaders().getFirst("Host"))) {
			throw new Forbidden("A change by session cookie must come from a page of this site. "
					+ "Send the token in the header Authorization instead.");
		}
	}

	private static boolean isLogOutRequest(ServerHttpRequest request) {
		return HttpMethod.DELETE.equals(request.getMethod())
				&& LOG_OUT_PATH.matches(request.getPath().pathWithinApplication());
	}

	/**
	 * Whether a session may be ended by this request: it is then evicted at once, whether
	 * or not its revocation is received.
	 */
	private static boolean isSessionDeletion(ServerHttpRequest request, String service) {
		return HttpMethod.DELETE.equals(request.getMethod()) && "session-service".equals(service);
	}

	private static boolean isSafe(HttpMethod method) {
		return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method);
	}

	private record OpenSession(ClientToken token, SignedIdentity identity) {
	}

}
