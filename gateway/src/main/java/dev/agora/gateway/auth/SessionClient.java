package dev.agora.gateway.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.gateway.balance.LoadBalancer;
import dev.agora.gateway.balance.RetryOn;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Trace;

/** Asks session-service whose token it is. */
public final class SessionClient {

	private static final String SERVICE = "session-service";

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private static final int CONNECTIONS = 64;

	/** An address that nobody has any more gives up its pool only without connections. */
	private static final Duration IDLE = Duration.ofSeconds(30);

	/** After which the pool of an address that nobody has any more is given up. */
	private static final Duration GONE_CLONES = Duration.ofMinutes(5);

	private final WebClient http;

	private final LoadBalancer balancer;

	private final Duration timeout;

	private final CircuitBreaker breaker = CircuitBreaker.of(SERVICE,
			CircuitBreakerConfig.custom()
				.slidingWindow(50, 20, SlidingWindowType.COUNT_BASED, SlidingWindowSynchronizationStrategy.LOCK_FREE)
				.waitDurationInOpenState(Duration.ofSeconds(1))
				.permittedNumberOfCallsInHalfOpenState(5)
				.writableStackTraceEnabled(false)
				.build());

	public SessionClient(LoadBalancer balancer, AuthSettings settings) {
		this.balancer = balancer;
		this.timeout = settings.timeout();
		ConnectionProvider connections = ConnectionProvider.builder(SERVICE)
			.maxConnections(CONNECTIONS)
			.maxIdleTime(IDLE)
			.evictInBackground(IDLE)
			.lifo()
			.disposeInactivePoolsInBackground(GONE_CLONES, GONE_CLONES)
			.build();
		HttpClient client = HttpClient.create(connections).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000);
		this.http = WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build();
	}

	/**
	 * The identity behind a token; empty where no session has it.
	 * @param audience the service that the identity is for
	 * @throws Unavailable if session-service is away: the request is not served, since
	 * taking a member for a stranger would show them something else
	 */
	Mono<SignedIdentity> identity(ClientToken token, String audience) {
		Map<String, String> question = Map.of("token", token.text(), "audience", audience);
		Duration forEach = this.timeout.dividedBy(2); // Time is left for the other clone.
		return this.balancer
			.call(SERVICE, RetryOn.WHEN_LATE, (clone) -> ask(clone.address(), question).timeout(forEach))
			.transformDeferred(CircuitBreakerOperator.of(this.breaker))
			.onErrorMap((failure) -> !(failure instanceof Unavailable), SessionClient::away);
	}

	private Mono<SignedIdentity> ask(URI clone, Map<String, String> question) {
		return Mono.deferContextual((context) -> this.http.post()
			.uri(clone.resolve("/internal/identities"))
			.header(Trace.PARENT, Trace.of(context))
			.bodyValue(question)
			.exchangeToMono(SessionClient::toIdentity));
	}

	private static Mono<SignedIdentity> toIdentity(ClientResponse answer) {
		if (answer.statusCode() == HttpStatus.NOT_FOUND) {
			return answer.releaseBody().then(Mono.empty());
		}
		return answer.statusCode().is2xxSuccessful() ? answer.bodyToMono(SignedIdentity.class) : answer.createError();
	}

	private static Unavailable away(Throwable failure) {
		return new Unavailable((failure instanceof CallNotPermittedException)
				? "Sessions cannot be checked just now; session-service is given a rest."
				: "Sessions cannot be checked just now.", RETRY_AFTER);
	}

}
