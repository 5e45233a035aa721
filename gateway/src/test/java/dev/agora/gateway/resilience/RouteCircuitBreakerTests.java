package dev.agora.gateway.resilience;

import java.time.Duration;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import dev.agora.platform.problem.DeadlineExceeded;
import dev.agora.platform.problem.RequestTimeout;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

class RouteCircuitBreakerTests {

	private final MeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void opensWhenNearlyAllRequestsFail() {
		RouteCircuitBreaker breaker = breaker(Duration.ofSeconds(30));
		for (int i = 0; i < 5; i++) {
			respond(breaker, 500);
			fail(breaker, new DeadlineExceeded("Too slow."));
			fail(breaker, new Unavailable("Not there.", Duration.ofSeconds(1)));
			respond(breaker, 504);
		}
		assertThatExceptionOfType(Unavailable.class).isThrownBy(breaker::acquirePermission)
			.withMessage("Too many requests to the feed-service have failed, so its circuit is open. Try again later.")
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
		assertThat(this.meters.get("route.rejected").tags("route", "feeds", "reason", "breaker").counter().count())
			.isEqualTo(1);
		assertThat(state("open")).isEqualTo(1);
		assertThat(state("closed") + state("half_open")).isZero();
	}

	@Test
	void staysClosedWhileHalfOfTheRequestsSucceed() {
		RouteCircuitBreaker breaker = breaker(Duration.ofSeconds(30));
		for (int i = 0; i < 100; i++) {
			respond(breaker, (i % 2 == 0) ? 200 : 500);
		}
		assertThatNoException().isThrownBy(breaker::acquirePermission);
	}

	@Test
	void staysClosedWhenTheServiceShedsLoad() {
		RouteCircuitBreaker breaker = breaker(Duration.ofSeconds(30));
		for (int i = 0; i < 100; i++) {
			MockServerHttpResponse response = new MockServerHttpResponse();
			response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			response.getHeaders().set("Retry-After", "1");
			breaker.acquirePermission();
			breaker.recordResponse(response);
		}
		assertThatNoException().isThrownBy(breaker::acquirePermission);
	}

	@Test
	void staysClosedForFaultsOfClients() {
		RouteCircuitBreaker breaker = breaker(Duration.ofSeconds(30));
		for (int i = 0; i < 100; i++) {
			respond(breaker, 404);
			fail(breaker, new RequestTimeout());
			breaker.acquirePermission();
			breaker.recordCancellation();
		}
		assertThatNoException().isThrownBy(breaker::acquirePermission);
	}

	@Test
	void closesAgainThoughSomeCallsAreCancelled() {
		RouteCircuitBreaker breaker = breaker(Duration.ofMillis(50));
		for (int i = 0; i < 20; i++) {
			respond(breaker, 500);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> isPermitted(breaker));
		for (int i = 0; i < 20; i++) {
			breaker.recordCancellation();
			breaker.acquirePermission();
		}
		breaker.recordCancellation();
		for (int i = 0; i < 100; i++) {
			respond(breaker, 200);
		}
		assertThat(state("open")).isZero();
	}

	@Test
	void permitsOnlyTheHalfOpenCallsToConcurrentRequests() {
		RouteCircuitBreaker breaker = breaker(Duration.ofMillis(50));
		for (int i = 0; i < 20; i++) {
			respond(breaker, 500);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> isPermitted(breaker));
		long more = IntStream.range(0, 1000).parallel().filter((i) -> isPermitted(breaker)).count();
		assertThat(1 + more).isEqualTo(5);
	}

	private double state(String state) {
		return this.meters.get("circuit.breaker.state").tags("breaker", "feeds:reads", "state", state).gauge().value();
	}

	/** Whether a request is permitted as a half-open call. */
	private static boolean isPermitted(RouteCircuitBreaker breaker) {
		try {
			breaker.acquirePermission();
			return true;
		}
		catch (Unavailable refusal) {
			return false;
		}
	}

	private static void respond(RouteCircuitBreaker breaker, int status) {
		MockServerHttpResponse response = new MockServerHttpResponse();
		response.setRawStatusCode(status);
		breaker.acquirePermission();
		breaker.recordResponse(response);
	}

	private static void fail(RouteCircuitBreaker breaker, Throwable failure) {
		breaker.acquirePermission();
		breaker.recordFailure(failure);
	}

	private RouteCircuitBreaker breaker(Duration openDuration) {
		return new RouteCircuitBreaker("feeds", "feed-service", CallKind.READ,
				new CircuitBreakerSettings(50, 20, 80, openDuration, 5), this.meters);
	}

}
