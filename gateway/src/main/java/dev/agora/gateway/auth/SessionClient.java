package dev.agora.gateway.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.gateway.balance.LoadBalancer;
import dev.agora.gateway.balance.RetryOn;
import dev.agora.gateway.meter.ConnectionPools;
import dev.agora.gateway.tracing.UpstreamSpan;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.metrics.BreakerMeters;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.log.TracePropagation;

/** Requests identities from session-service, and ends sessions. */
public final class SessionClient {

	private static final String SERVICE = "session-service";

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private static final int CONNECTIONS = 64;

	/**
	 * Idle connections are closed, since the pool of an unused address is disposed of
	 * only when it is empty.
	 */
	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

	/**
	 * The pool of an address that no instance has any more is disposed of after this
	 * time.
	 */
	private static final Duration UNUSED_POOL_TIMEOUT = Duration.ofMinutes(5);

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

	public SessionClient(LoadBalancer balancer, AuthSettings settings, MeterRegistry meters) {
		this.balancer = balancer;
		this.timeout = settings.timeout();
		BreakerMeters.register(meters, SERVICE, this.breaker);
		ConnectionProvider connections = ConnectionProvider.builder(SERVICE)
			.maxConnections(CONNECTIONS)
			.maxIdleTime(IDLE_TIMEOUT)
			.evictInBackground(IDLE_TIMEOUT)
			.lifo()
			.disposeInactivePoolsInBackground(UNUSED_POOL_TIMEOUT, UNUSED_POOL_TIMEOUT)
			.metrics(true, pools(meters))
			.build();
		HttpClient client = HttpClient.create(connections).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000);
		this.http = WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).build();
	}

	private static Supplier<ConnectionPools> pools(MeterRegistry meters) {
		ConnectionPools pools = new ConnectionPools("session-connections", CONNECTIONS, meters);
		return () -> pools;
	}

	/**
	 * Requests the identity behind a token; empty if the token belongs to no session.
	 * @param audience the service that the identity is for
	 * @throws Unavailable if session-service is unavailable. The request is then
	 * rejected: an anonymous client would get another response than the member
	 */
	Mono<SignedIdentity> identity(ClientToken token, String audience) {
		Map<String, String> body = Map.of("token", token.text(), "audience", audience);
		return call((instance) -> request(instance, body));
	}

	/**
	 * Ends the session of an identity, which may be repeated.
	 * @throws Unavailable if session-service is unavailable
	 */
	Mono<Void> end(SignedIdentity session) {
		return call((instance) -> delete(instance, session)).then();
	}

	/**
	 * Calls an instance with half of the time-out, which leaves the other half for a
	 * second one.
	 */
	private <T> Mono<T> call(Function<URI, Mono<T>> request) {
		Duration attemptTimeout = this.timeout.dividedBy(2);
		return this.balancer
			.call(SERVICE, RetryOn.TIMEOUT, (instance) -> request.apply(instance.address()).timeout(attemptTimeout))
			.transformDeferred(CircuitBreakerOperator.of(this.breaker))
			.onErrorMap((failure) -> !(failure instanceof Unavailable), SessionClient::toUnavailable);
	}

	private Mono<ResponseEntity<Void>> delete(URI instance, SignedIdentity session) {
		return traced("DELETE", instance,
				Mono.deferContextual((context) -> this.http.delete()
					.uri(instance.resolve("/sessions/current"))
					.header(Trace.PARENT, Trace.of(context))
					.header(Identity.HEADER, session.identity())
					.retrieve()
					.toBodilessEntity()));
	}

	private Mono<SignedIdentity> request(URI instance, Map<String, String> body) {
		return traced("POST", instance,
				Mono.deferContextual((context) -> this.http.post()
					.uri(instance.resolve("/internal/identities"))
					.header(Trace.PARENT, Trace.of(context))
					.bodyValue(body)
					.exchangeToMono(SessionClient::toIdentity)));
	}

	private static <T> Mono<T> traced(String method, URI instance, Mono<T> request) {
		return ActiveSpan.around((parent) -> UpstreamSpan.prepare(parent, method, instance),
				TracePropagation.restore(request));
	}

	private static Mono<SignedIdentity> toIdentity(ClientResponse response) {
		if (response.statusCode() == HttpStatus.NOT_FOUND) {
			return response.releaseBody().then(Mono.empty());
		}
		return response.statusCode().is2xxSuccessful() ? response.bodyToMono(SignedIdentity.class)
				: response.createError();
	}

	private static Unavailable toUnavailable(Throwable failure) {
		return new Unavailable((failure instanceof CallNotPermittedException)
				? "Sessions cannot be checked: the circuit of session-service is open. Try again later."
				: "Sessions cannot be checked: session-service is unavailable. Try again later.", RETRY_AFTER);
	}

}
