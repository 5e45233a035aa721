package dev.agora.gateway.balance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;

class BalancerTests {

	private static final URI ONE = URI.create("http://127.0.0.1:1");

	private static final URI TWO = URI.create("http://127.0.0.1:2");

	private final Balancer balancer = new Balancer(
			new ClonesSettings(List.of(ONE), List.of(), List.of(), List.of(ONE, TWO)), new ClockForTests(),
			new SimpleMeterRegistry());

	private final List<URI> tried = new ArrayList<>();

	@Test
	void sendsWhatWasNeverSentToAnotherClone() {
		StepVerifier.create(call("feed-service", false, new ConnectException("refused")))
			.expectNext("answer")
			.verifyComplete();
		assertThat(this.tried).containsExactlyInAnyOrder(ONE, TWO);
	}

	@Test
	void sendsARepeatableRequestToAnotherCloneWhenTheConnectionBreaks() {
		StepVerifier.create(call("feed-service", true, new IOException("reset"))).expectNext("answer").verifyComplete();
		assertThat(this.tried).containsExactlyInAnyOrder(ONE, TWO);
	}

	@Test
	void sendsNothingTwiceThatMayHaveActed() {
		StepVerifier.create(call("feed-service", false, new IOException("reset")))
			.expectErrorSatisfies((refusal) -> assertThat(refusal).isInstanceOf(Unavailable.class)
				.hasMessageContaining("may have acted"))
			.verify();
		assertThat(this.tried).hasSize(1);
	}

	@Test
	void passesOnWhatHasNothingToDoWithTheClone() {
		StepVerifier.create(call("feed-service", true, new IllegalStateException("ours")))
			.expectErrorMessage("ours")
			.verify();
		assertThat(this.tried).hasSize(1);
	}

	@Test
	void refusesWhenTheOnlyCloneCannotBeReached() {
		StepVerifier.create(call("session-service", true, new ConnectException("refused")))
			.expectErrorMessage("The session-service cannot be reached.")
			.verify();
	}

	@Test
	void refusesWhenThereIsNoClone() {
		StepVerifier.create(call("graph-service", true, new ConnectException("refused")))
			.expectErrorMessage("The graph-service cannot be reached.")
			.verify();
		assertThat(this.tried).isEmpty();
	}

	/** The first clone that is tried fails, the next answers. */
	private Mono<String> call(String service, boolean repeatable, Throwable failure) {
		return this.balancer.call(service, repeatable, (clone) -> {
			this.tried.add(clone);
			return (this.tried.size() == 1) ? Mono.error(failure) : Mono.just("answer");
		});
	}

}
