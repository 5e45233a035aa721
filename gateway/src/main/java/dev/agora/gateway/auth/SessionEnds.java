package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Notices the end of a session while a response to it is being sent. A revocation shows
 * it at once. While revocations may be missed, the session is looked up from time to
 * time.
 */
public final class SessionEnds {

	private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

	private final IdentityCache identities;

	private final RevocationSubscription revocations;

	public SessionEnds(IdentityCache identities, RevocationSubscription revocations) {
		this.identities = identities;
		this.revocations = revocations;
	}

	/** Completes when the session of a request ends; never for an anonymous client. */
	public Mono<Void> endOf(ServerWebExchange exchange) {
		@Nullable ClientToken token = exchange.getAttribute(TokenSwapFilter.TOKEN);
		if (token == null) {
			return Mono.never();
		}
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return Mono.firstWithSignal(this.revocations.endOf(token.hash()), missedEnd(token, route.getUri().getHost()));
	}

	private Mono<Void> missedEnd(ClientToken token, String service) {
		return Mono.defer(() -> missedEnd(token, service, System.nanoTime()));
	}

	private Mono<Void> missedEnd(ClientToken token, String service, long since) {
		return Flux.interval(CHECK_INTERVAL)
			.onBackpressureDrop()
			.filter((tick) -> !this.revocations.hasReceivedAllSince(since))
			.concatMap((tick) -> hasEnded(token, service))
			.filter(Boolean::booleanValue)
			.next()
			.then();
	}

	/** If session-service is unavailable, the stream continues until the next check. */
	private Mono<Boolean> hasEnded(ClientToken token, String service) {
		return this.identities.find(token, service).map(Optional::isEmpty).onErrorReturn(false);
	}

}
