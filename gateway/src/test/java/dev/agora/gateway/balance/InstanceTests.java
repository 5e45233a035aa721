package dev.agora.gateway.balance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import dev.agora.gateway.balance.Instance.State;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceTests {

	private final TestTicker ticker = new TestTicker();

	private final Instance instance = new Instance(URI.create("http://127.0.0.1:1"),
			TestLoadBalancer.settings(Map.of()), this.ticker);

	@Test
	void countsARequestAsInFlightUntilItEnds() {
		Disposable request = this.instance.serve((instance) -> Mono.never()).subscribe();
		assertThat(this.instance.inFlight()).isOne();
		request.dispose();
		assertThat(this.instance.inFlight()).isZero();
		succeed();
		assertThat(this.instance.inFlight()).isZero();
		refuse();
		assertThat(this.instance.inFlight()).isZero();
	}

	@Test
	void countsNoRequestThatCouldNotBeSent() {
		StepVerifier.create(this.instance.serve((instance) -> {
			throw new IllegalStateException("ours");
		})).verifyErrorMessage("ours");
		assertThat(this.instance.inFlight()).isZero();
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedForASecondWhenItCannotBeReached() {
		refuse();
		assertThat(this.instance.state()).isEqualTo(State.EJECTED);
		this.ticker.advance(Duration.ofSeconds(1));
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedTwiceAsLongEachTimeButNeverOverThirtySeconds() {
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 30, 30 }) {
			refuse();
			this.ticker.advance(Duration.ofSeconds(seconds).minusMillis(1));
			assertThat(this.instance.state()).as("just before %d s", seconds).isEqualTo(State.EJECTED);
			this.ticker.advance(Duration.ofMillis(1));
			assertThat(this.instance.state()).as("after %d s", seconds).isEqualTo(State.HEALTHY);
		}
	}

	@Test
	void isEjectedOnceForRequestsThatFailTogether() {
		Sinks.Empty<Void> broken = Sinks.empty();
		this.instance.serve((instance) -> broken.asMono()).onErrorComplete().subscribe();
		this.ticker.advance(Duration.ofMillis(1));
		refuse();
		refuse();
		refuse();
		this.ticker.advance(Duration.ofSeconds(1));
		broken.tryEmitError(new ConnectException("late news")).orThrow();
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isResetByAResponse() {
		refuse();
		this.ticker.advance(Duration.ofSeconds(1));
		refuse();
		succeed();
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
		refuse();
		this.ticker.advance(Duration.ofSeconds(1));
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isNotEjectedForAResetThatTheClientMayHaveCaused() {
		fail(new IOException("Connection reset by peer"));
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedAfterThreeTimeoutsInARow() {
		fail(new TimeoutException());
		fail(new TimeoutException());
		succeed();
		fail(new TimeoutException());
		fail(new TimeoutException());
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
		fail(new TimeoutException());
		assertThat(this.instance.state()).isEqualTo(State.EJECTED);
		this.instance.onProbeResponse(this.ticker.getAsLong(), true);
		assertThat(this.instance.state()).as("though it answers probes").isEqualTo(State.EJECTED);
	}

	@Test
	void isEjectedAfterTwoMissedProbesUntilOneIsAnswered() {
		this.instance.onProbeFailure(this.ticker.getAsLong(), Failure.TIMED_OUT);
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
		this.instance.onProbeFailure(this.ticker.getAsLong(), Failure.TIMED_OUT);
		this.ticker.advance(Duration.ofHours(1));
		assertThat(this.instance.state()).isEqualTo(State.EJECTED);
		this.instance.onProbeResponse(this.ticker.getAsLong(), true);
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedAtOnceWhenAProbeCannotBeSent() {
		this.instance.onProbeFailure(this.ticker.getAsLong(), Failure.CONNECT_FAILED);
		assertThat(this.instance.state()).isEqualTo(State.EJECTED);
	}

	@Test
	void isNotEjectedForAnOldProbeAfterItHasAnsweredAnother() {
		long before = this.ticker.getAsLong();
		this.ticker.advance(Duration.ofMillis(1));
		this.instance.onProbeResponse(this.ticker.getAsLong(), true);
		this.instance.onProbeFailure(before, Failure.TIMED_OUT);
		this.instance.onProbeFailure(before, Failure.TIMED_OUT);
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isHealthyAtOnceWhenItRefusedConnectionsAndAnswersAProbe() {
		refuse();
		this.instance.onProbeResponse(this.ticker.getAsLong(), true);
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void drainsUntilALaterProbeIsAccepted() {
		long before = this.ticker.getAsLong();
		this.ticker.advance(Duration.ofMillis(1));
		this.instance.drain();
		this.instance.onProbeResponse(before, true);
		assertThat(this.instance.state()).isEqualTo(State.DRAINING);
		this.ticker.advance(Duration.ofMillis(1));
		this.instance.onProbeResponse(this.ticker.getAsLong(), false);
		assertThat(this.instance.state()).isEqualTo(State.DRAINING);
		this.ticker.advance(Duration.ofMillis(1));
		this.instance.onProbeResponse(this.ticker.getAsLong(), true);
		assertThat(this.instance.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void hasTheLatencyOfItsResponses() {
		Sinks.Empty<Void> succeed = Sinks.empty();
		this.instance.serve((instance) -> succeed.asMono()).subscribe();
		this.ticker.advance(Duration.ofMillis(40));
		succeed.tryEmitEmpty().orThrow();
		assertThat(this.instance.latencyMillis()).isBetween(39.9, 40.1);
		this.instance.recordErrorResponse();
		assertThat(this.instance.latencyMillis()).as("an error does not look quick").isBetween(159.0, 161.0);
	}

	@Test
	void hasAtLeastTheLatencyOfACancelledRequest() {
		Disposable request = this.instance.serve((instance) -> Mono.never()).subscribe();
		this.ticker.advance(Duration.ofMillis(70));
		request.dispose();
		assertThat(this.instance.latencyMillis()).isBetween(69.9, 70.1);
	}

	@Test
	void hasNoLatencyAfterAnEjection() {
		Sinks.Empty<Void> old = Sinks.empty();
		this.instance.serve((instance) -> old.asMono()).subscribe();
		this.ticker.advance(Duration.ofSeconds(8));
		this.instance.onProbeFailure(this.ticker.getAsLong(), Failure.CONNECT_FAILED);
		this.instance.onProbeResponse(this.ticker.getAsLong(), true);
		old.tryEmitEmpty().orThrow();
		assertThat(this.instance.latencyMillis()).isZero();
	}

	private void succeed() {
		StepVerifier.create(this.instance.serve((instance) -> Mono.just("answer")))
			.expectNext("answer")
			.verifyComplete();
	}

	private void refuse() {
		fail(new ConnectException("refused"));
	}

	private void fail(Exception failure) {
		StepVerifier.create(this.instance.serve((instance) -> Mono.error(failure))).verifyError();
	}

}
