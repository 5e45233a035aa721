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
	void opensWhenNearlyAllFailByWhatever() {
		RouteCircuitBreaker breaker = resting(Duration.ofSeconds(30));
		for (int i = 0; i < 5; i++) {
			answer(breaker, 500);
			fail(breaker, new DeadlineExceeded("Too slow."));
			fail(breaker, new Unavailable("Not there.", Duration.ofSeconds(1)));
			answer(breaker, 504);
		}
		assertThatExceptionOfType(Unavailable.class).isThrownBy(breaker::enter)
			.withMessage("The feed-service has failed too often; it is given a rest.")
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
		assertThat(this.meters.get("route.rejected").tags("route", "feeds", "reason", "breaker").counter().count())
			.isEqualTo(1);
		assertThat(this.meters.get("route.breaker.open").tag("route", "feeds").gauge().value()).isEqualTo(1);
	}

	@Test
	void staysClosedWhileHalfOfTheClonesAnswer() {
		RouteCircuitBreaker breaker = resting(Duration.ofSeconds(30));
		for (int i = 0; i < 100; i++) {
			answer(breaker, (i % 2 == 0) ? 200 : 500);
		}
		assertThatNoException().isThrownBy(breaker::enter);
	}

	@Test
	void staysClosedWhenTheServiceItselfAsksForPatience() {
		RouteCircuitBreaker breaker = resting(Duration.ofSeconds(30));
		for (int i = 0; i < 100; i++) {
			MockServerHttpResponse answer = new MockServerHttpResponse();
			answer.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			answer.getHeaders().set("Retry-After", "1");
			breaker.enter();
			breaker.answered(answer);
		}
		assertThatNoException().isThrownBy(breaker::enter);
	}

	@Test
	void staysClosedWhateverTheClientsDo() {
		RouteCircuitBreaker breaker = resting(Duration.ofSeconds(30));
		for (int i = 0; i < 100; i++) {
			answer(breaker, 404);
			fail(breaker, new RequestTimeout());
			breaker.enter();
			breaker.givenUp();
		}
		assertThatNoException().isThrownBy(breaker::enter);
	}

	@Test
	void closesAgainThoughSomeTrialsAreGivenUp() {
		RouteCircuitBreaker breaker = resting(Duration.ofMillis(50));
		for (int i = 0; i < 20; i++) {
			answer(breaker, 500);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> isOpenFor(breaker));
		for (int i = 0; i < 20; i++) {
			breaker.givenUp();
			breaker.enter();
		}
		breaker.givenUp();
		for (int i = 0; i < 100; i++) {
			answer(breaker, 200);
		}
		assertThat(this.meters.get("route.breaker.open").tag("route", "feeds").gauge().value()).isZero();
	}

	@Test
	void letsNoMoreThanTheTrialsThroughHoweverManyAskAtOnce() {
		RouteCircuitBreaker breaker = resting(Duration.ofMillis(50));
		for (int i = 0; i < 20; i++) {
			answer(breaker, 500);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> isOpenFor(breaker));
		long more = IntStream.range(0, 1000).parallel().filter((i) -> isOpenFor(breaker)).count();
		assertThat(1 + more).isEqualTo(5);
	}

	/** Whether a request was let in, as one of the trials. */
	private static boolean isOpenFor(RouteCircuitBreaker breaker) {
		try {
			breaker.enter();
			return true;
		}
		catch (Unavailable refusal) {
			return false;
		}
	}

	private static void answer(RouteCircuitBreaker breaker, int status) {
		MockServerHttpResponse answer = new MockServerHttpResponse();
		answer.setRawStatusCode(status);
		breaker.enter();
		breaker.answered(answer);
	}

	private static void fail(RouteCircuitBreaker breaker, Throwable failure) {
		breaker.enter();
		breaker.failed(failure);
	}

	private RouteCircuitBreaker resting(Duration rest) {
		return new RouteCircuitBreaker("feeds", "feed-service", CallKind.READ,
				new CircuitBreakerSettings(50, 20, 80, rest, 5), this.meters);
	}

}
