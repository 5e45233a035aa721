package dev.agora.gateway.auth;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

/**
 * Notices the end of a session while a response to it is being sent. A revocation shows
 * it at once. The session is looked up as well from time to time, since one that expires
 * publishes no revocation, and one may be discarded while Redis is unavailable; and more
 * often while revocations may be missed.
 */
public final class SessionEnds {

	private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

	/** The session is looked up at every third check even if no revocation was missed. */
	private static final int CHECKS_PER_LOOKUP = 3;

	private final IdentityCache identities;

	private final RevocationSubscription revocations;

	private final Duration checkInterval;

	@Autowired
	public SessionEnds(IdentityCache identities, RevocationSubscription revocations) {
		this(identities, revocations, CHECK_INTERVAL);
	}

	/**
	 * Creates the class with an own interval.
	 * @param checkInterval the interval at which each stream is checked
	 */
	SessionEnds(IdentityCache identities, RevocationSubscription revocations, Duration checkInterval) {
		this.identities = identities;
		this.revocations = revocations;
		this.checkInterval = checkInterval;
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
		return Flux.interval(this.checkInterval)
			.onBackpressureDrop()
			.filter((tick) -> isLookupDue(tick) || !this.revocations.hasReceivedAllSince(since))
			.concatMap((tick) -> hasEnded(token, service))
			.filter(Boolean::booleanValue)
			.next()
			.then();
	}

	private static boolean isLookupDue(long tick) {
		return (tick + 1) % CHECKS_PER_LOOKUP == 0;
	}

	/** If session-service is unavailable, the stream continues until the next check. */
	private Mono<Boolean> hasEnded(ClientToken token, String service) {
		return this.identities.find(token, service).map(Optional::isEmpty).onErrorReturn(false);
	}

}
