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

	private final Instance clone = new Instance(URI.create("http://127.0.0.1:1"), TestBalance.settings(Map.of()),
			this.ticker);

	@Test
	void countsARequestUntilItIsAnswered() {
		Disposable request = this.clone.serve((clone) -> Mono.never()).subscribe();
		assertThat(this.clone.inFlight()).isOne();
		request.dispose();
		assertThat(this.clone.inFlight()).isZero();
		answer();
		assertThat(this.clone.inFlight()).isZero();
		refuse();
		assertThat(this.clone.inFlight()).isZero();
	}

	@Test
	void countsNoRequestThatCouldNotEvenBeMade() {
		StepVerifier.create(this.clone.serve((clone) -> {
			throw new IllegalStateException("ours");
		})).verifyErrorMessage("ours");
		assertThat(this.clone.inFlight()).isZero();
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedForASecondWhenItCannotBeReached() {
		refuse();
		assertThat(this.clone.state()).isEqualTo(State.EJECTED);
		this.ticker.pass(Duration.ofSeconds(1));
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedTwiceAsLongEachTimeButNeverOverThirtySeconds() {
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 30, 30 }) {
			refuse();
			this.ticker.pass(Duration.ofSeconds(seconds).minusMillis(1));
			assertThat(this.clone.state()).as("just before %d s", seconds).isEqualTo(State.EJECTED);
			this.ticker.pass(Duration.ofMillis(1));
			assertThat(this.clone.state()).as("after %d s", seconds).isEqualTo(State.HEALTHY);
		}
	}

	@Test
	void isEjectedOnceForRequestsThatFailTogether() {
		Sinks.Empty<Void> broken = Sinks.empty();
		this.clone.serve((clone) -> broken.asMono()).onErrorComplete().subscribe();
		this.ticker.pass(Duration.ofMillis(1));
		refuse();
		refuse();
		refuse();
		this.ticker.pass(Duration.ofSeconds(1));
		broken.tryEmitError(new ConnectException("late news")).orThrow();
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isForgivenByAnAnswer() {
		refuse();
		this.ticker.pass(Duration.ofSeconds(1));
		refuse();
		answer();
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
		refuse();
		this.ticker.pass(Duration.ofSeconds(1));
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isNotEjectedForWhatMayBeTheClientsFault() {
		fail(new IOException("Connection reset by peer"));
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedWhenThreeRequestsInARowAreAnsweredTooLate() {
		fail(new TimeoutException());
		fail(new TimeoutException());
		answer();
		fail(new TimeoutException());
		fail(new TimeoutException());
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
		fail(new TimeoutException());
		assertThat(this.clone.state()).isEqualTo(State.EJECTED);
		this.clone.probed(this.ticker.getAsLong(), true);
		assertThat(this.clone.state()).as("though it answers probes").isEqualTo(State.EJECTED);
	}

	@Test
	void isEjectedUntilAProbeIsAnsweredOnceTwoWereNot() {
		this.clone.missedProbe(this.ticker.getAsLong(), Failure.TOO_SLOW);
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
		this.clone.missedProbe(this.ticker.getAsLong(), Failure.TOO_SLOW);
		this.ticker.pass(Duration.ofHours(1));
		assertThat(this.clone.state()).isEqualTo(State.EJECTED);
		this.clone.probed(this.ticker.getAsLong(), true);
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isEjectedAtOnceWhenAProbeCannotBeSent() {
		this.clone.missedProbe(this.ticker.getAsLong(), Failure.NOT_CONNECTED);
		assertThat(this.clone.state()).isEqualTo(State.EJECTED);
	}

	@Test
	void isNotEjectedForAnOldProbeOnceItHasAnsweredAnother() {
		long before = this.ticker.getAsLong();
		this.ticker.pass(Duration.ofMillis(1));
		this.clone.probed(this.ticker.getAsLong(), true);
		this.clone.missedProbe(before, Failure.TOO_SLOW);
		this.clone.missedProbe(before, Failure.TOO_SLOW);
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void isBackAtOnceWhenItCouldNotBeReachedAndAnswersAProbe() {
		refuse();
		this.clone.probed(this.ticker.getAsLong(), true);
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void drainsUntilALaterProbeSaysOtherwise() {
		long before = this.ticker.getAsLong();
		this.ticker.pass(Duration.ofMillis(1));
		this.clone.drain();
		this.clone.probed(before, true);
		assertThat(this.clone.state()).isEqualTo(State.DRAINING);
		this.ticker.pass(Duration.ofMillis(1));
		this.clone.probed(this.ticker.getAsLong(), false);
		assertThat(this.clone.state()).isEqualTo(State.DRAINING);
		this.ticker.pass(Duration.ofMillis(1));
		this.clone.probed(this.ticker.getAsLong(), true);
		assertThat(this.clone.state()).isEqualTo(State.HEALTHY);
	}

	@Test
	void takesAsLongAsItsAnswers() {
		Sinks.Empty<Void> answer = Sinks.empty();
		this.clone.serve((clone) -> answer.asMono()).subscribe();
		this.ticker.pass(Duration.ofMillis(40));
		answer.tryEmitEmpty().orThrow();
		assertThat(this.clone.latencyMillis()).isBetween(39.9, 40.1);
		this.clone.answeredWithError();
		assertThat(this.clone.latencyMillis()).as("an error does not look quick").isBetween(159.0, 161.0);
	}

	@Test
	void takesAtLeastAsLongAsAClientWaited() {
		Disposable request = this.clone.serve((clone) -> Mono.never()).subscribe();
		this.ticker.pass(Duration.ofMillis(70));
		request.dispose();
		assertThat(this.clone.latencyMillis()).isBetween(69.9, 70.1);
	}

	@Test
	void isUnknownOnceItIsBackWhateverBecomesOfOldRequests() {
		Sinks.Empty<Void> old = Sinks.empty();
		this.clone.serve((clone) -> old.asMono()).subscribe();
		this.ticker.pass(Duration.ofSeconds(8));
		this.clone.missedProbe(this.ticker.getAsLong(), Failure.NOT_CONNECTED);
		this.clone.probed(this.ticker.getAsLong(), true);
		old.tryEmitEmpty().orThrow();
		assertThat(this.clone.latencyMillis()).isZero();
	}

	private void answer() {
		StepVerifier.create(this.clone.serve((clone) -> Mono.just("answer"))).expectNext("answer").verifyComplete();
	}

	private void refuse() {
		fail(new ConnectException("refused"));
	}

	private void fail(Exception failure) {
		StepVerifier.create(this.clone.serve((clone) -> Mono.error(failure))).verifyError();
	}

}
