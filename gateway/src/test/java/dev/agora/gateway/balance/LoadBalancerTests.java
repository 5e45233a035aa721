package dev.agora.gateway.balance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.problem.DeadlineExceeded;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;

class LoadBalancerTests {

	private static final URI ONE = URI.create("http://127.0.0.1:1");

	private static final URI TWO = URI.create("http://127.0.0.1:2");

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final LoadBalancer balancer = TestLoadBalancer.balancer(
			new InstancesSettings(List.of(ONE), List.of(), List.of(), List.of(ONE, TWO)),
			TestLoadBalancer.settings(Map.of()), this.meters);

	private final List<URI> tried = new ArrayList<>();

	@Test
	void retriesARequestThatWasNeverSent() {
		StepVerifier.create(call("feed-service", RetryOn.NEVER, new ConnectException("refused")))
			.expectNext("answer")
			.verifyComplete();
		assertThat(this.tried).containsExactlyInAnyOrder(ONE, TWO);
	}

	@Test
	void retriesARepeatableRequestWhenTheConnectionBreaks() {
		StepVerifier.create(call("feed-service", RetryOn.CONNECTION_LOSS, new IOException("reset")))
			.expectNext("answer")
			.verifyComplete();
		assertThat(this.tried).containsExactlyInAnyOrder(ONE, TWO);
	}

	@Test
	void doesNotRetryARequestThatMayHaveTakenEffect() {
		StepVerifier.create(call("feed-service", RetryOn.NEVER, new IOException("reset")))
			.expectErrorSatisfies((refusal) -> assertThat(refusal).isInstanceOf(Unavailable.class)
				.hasMessageContaining("may have taken effect"))
			.verify();
		assertThat(this.tried).hasSize(1);
	}

	@Test
	void propagatesFailuresOfTheGatewayItself() {
		StepVerifier.create(call("feed-service", RetryOn.CONNECTION_LOSS, new IllegalStateException("ours")))
			.expectErrorMessage("ours")
			.verify();
		assertThat(this.tried).hasSize(1);
	}

	@Test
	void failsWhenTheOnlyInstanceCannotBeReached() {
		StepVerifier.create(call("session-service", RetryOn.CONNECTION_LOSS, new ConnectException("refused")))
			.expectErrorMessage("The session-service cannot be reached. Try again later.")
			.verify();
	}

	@Test
	void failsWhenThereIsNoInstance() {
		StepVerifier.create(call("graph-service", RetryOn.CONNECTION_LOSS, new ConnectException("refused")))
			.expectErrorMessage("The graph-service cannot be reached. Try again later.")
			.verify();
		assertThat(this.tried).isEmpty();
	}

	@Test
	void retriesATimeoutOnlyIfTheCallerAllowsIt() {
		StepVerifier.create(call("feed-service", RetryOn.TIMEOUT, new TimeoutException()))
			.expectNext("answer")
			.verifyComplete();
		this.tried.clear();
		StepVerifier.create(call("feed-service", RetryOn.CONNECTION_LOSS, new TimeoutException()))
			.verifyError(DeadlineExceeded.class);
		assertThat(this.tried).hasSize(1);
	}

	@Test
	void doesNotRetryWithoutBudget() {
		for (int i = 0; i < 2; i++) {
			this.tried.clear();
			call("feed-service", RetryOn.CONNECTION_LOSS, new IOException("reset")).onErrorComplete().subscribe();
		}
		assertThat(this.tried).as("without budget").hasSize(1);
		assertThat(retries("done")).isEqualTo(1);
		assertThat(retries("over-budget")).isEqualTo(1);
	}

	@Test
	void needsNoBudgetForARequestThatWasNeverSent() {
		for (int i = 0; i < 50; i++) {
			this.tried.clear();
			StepVerifier.create(call("feed-service", RetryOn.NEVER, new ConnectException("refused")))
				.expectNext("answer")
				.verifyComplete();
		}
		assertThat(retries("unsent")).isEqualTo(50);
		assertThat(retries("over-budget")).isZero();
	}

	private double retries(String outcome) {
		return this.meters.get("retries").tags("upstream", "feed-service", "outcome", outcome).counter().count();
	}

	/** The first attempt fails, the next one succeeds. */
	private Mono<String> call(String service, RetryOn retryOn, Throwable failure) {
		return this.balancer.call(service, retryOn, (instance) -> {
			this.tried.add(instance.address());
			return (this.tried.size() == 1) ? Mono.error(failure) : Mono.just("answer");
		});
	}

}
