package dev.agora.gateway.balance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class CloneTests {

	private final ClockForTests clock = new ClockForTests();

	private final Clone clone = new Clone(URI.create("http://127.0.0.1:1"), this.clock);

	@Test
	void countsARequestUntilItIsAnswered() {
		Disposable request = this.clone.serve((address) -> Mono.never()).subscribe();
		assertThat(this.clone.inFlight()).isOne();
		request.dispose();
		assertThat(this.clone.inFlight()).isZero();
		StepVerifier.create(this.clone.serve((address) -> Mono.just("answer"))).expectNext("answer").verifyComplete();
		assertThat(this.clone.inFlight()).isZero();
		refuse();
		assertThat(this.clone.inFlight()).isZero();
	}

	@Test
	void isEjectedForASecondWhenItCannotBeReached() {
		refuse();
		assertThat(this.clone.isEjected()).isTrue();
		this.clock.pass(Duration.ofSeconds(1));
		assertThat(this.clone.isEjected()).isFalse();
	}

	@Test
	void isEjectedTwiceAsLongEachTimeButNeverOverThirtySeconds() {
		for (int seconds : new int[] { 1, 2, 4, 8, 16, 30, 30 }) {
			refuse();
			this.clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
			assertThat(this.clone.isEjected()).as("just before %d s", seconds).isTrue();
			this.clock.pass(Duration.ofMillis(1));
			assertThat(this.clone.isEjected()).as("after %d s", seconds).isFalse();
		}
	}

	@Test
	void isEjectedOnceForRequestsThatFailTogether() {
		refuse();
		refuse();
		refuse();
		this.clock.pass(Duration.ofSeconds(1));
		assertThat(this.clone.isEjected()).isFalse();
	}

	@Test
	void isForgivenByAnAnswer() {
		refuse();
		this.clock.pass(Duration.ofSeconds(1));
		refuse();
		StepVerifier.create(this.clone.serve((address) -> Mono.just("answer"))).expectNext("answer").verifyComplete();
		assertThat(this.clone.isEjected()).isFalse();
		refuse();
		this.clock.pass(Duration.ofSeconds(1));
		assertThat(this.clone.isEjected()).isFalse();
	}

	@Test
	void isNotEjectedForWhatMayBeTheClientsFault() {
		StepVerifier.create(this.clone.serve((address) -> Mono.error(new IOException("Connection reset by peer"))))
			.verifyError();
		assertThat(this.clone.isEjected()).isFalse();
	}

	private void refuse() {
		StepVerifier.create(this.clone.serve((address) -> Mono.error(new ConnectException("refused")))).verifyError();
	}

}
