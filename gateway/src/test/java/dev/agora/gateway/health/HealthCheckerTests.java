package dev.agora.gateway.health;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.balance.InstancesEndpoint.CloneView;
import dev.agora.gateway.balance.InstancesEndpoint.ClonesView;
import dev.agora.gateway.balance.InstancesEndpoint.FleetView;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthCheckerTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final TestService one = TestService.answering(200, "{}");

	private final TestService other = TestService.answering(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.clones("feed-service", this.one.address(), this.other.address()),
			"gateway.balance.probe-interval=50ms", "gateway.balance.probe-timeout=2s", "gateway.deadline.timeout=1s");

	private final WebTestClient client = this.gateway.client();

	private final WebTestClient management = this.gateway.managementClient();

	@BeforeEach
	void recover() {
		this.one.become("feed-service/1.0/feed-service-1");
		this.other.become("feed-service/1.0/feed-service-2");
		this.one.recover();
		this.other.recover();
		awaitStates("HEALTHY", "HEALTHY");
		this.one.forget();
		this.other.forget();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.other.close();
		this.one.close();
	}

	@Test
	void leavesAFrozenCloneAloneUntilItAnswersAgain() {
		this.one.freeze();
		awaitStates("EJECTED", "HEALTHY");
		Awaitility.await("only the other is asked").atMost(SOON).until(() -> answered(10) == 10);
		this.one.recover();
		awaitStates("HEALTHY", "HEALTHY");
	}

	@Test
	void givesNothingToADrainingCloneWhileAnotherIsHealthy() {
		this.one.drain();
		awaitStates("DRAINING", "HEALTHY");
		this.one.forget();
		assertThat(answered(20)).isEqualTo(20);
		assertThat(this.one.asked()).isEmpty();
		this.other.drain();
		awaitStates("DRAINING", "DRAINING");
		assertThat(answered(5)).as("where none is healthy").isEqualTo(5);
	}

	@Test
	void triesAllTheSameWhereAllAreGone() {
		this.one.freeze();
		this.other.freeze();
		awaitStates("EJECTED", "EJECTED");
		this.client.get().uri("/api/v1/feed").exchange().expectStatus().isEqualTo(504);
	}

	@Test
	void tellsWhenAServiceRunsInDifferentBuilds() {
		awaitBuilds("1.0");
		assertThat(metrics()).contains("clone_builds{service=\"feed-service\"} 1.0");
		this.other.become("feed-service/1.1/feed-service-2");
		awaitBuilds("1.0", "1.1");
		assertThat(metrics()).contains("clone_builds{service=\"feed-service\"} 2.0");
		this.one.become("feed-service/1.1/feed-service-1");
		awaitBuilds("1.1");
	}

	@Test
	void tellsWhatItKnowsOfEachClone() {
		assertThat(answered(1)).isOne();
		assertThat(feeds().clones()).extracting(CloneView::address)
			.containsExactlyInAnyOrder(this.one.address().toString(), this.other.address().toString());
		assertThat(feeds().clones()).extracting(CloneView::instance)
			.containsExactlyInAnyOrder("feed-service-1", "feed-service-2");
		assertThat(feeds().clones()).extracting(CloneView::inFlight).containsOnly(0);
		assertThat(feeds().clones()).anyMatch((clone) -> clone.latencyMillis() > 0);
	}

	@Test
	void tellsNobodyOnThePublicPort() {
		this.client.get().uri("/actuator/clones").exchange().expectStatus().isNotFound();
	}

	private long answered(int times) {
		long answered = 0;
		for (int i = 0; i < times; i++) {
			int status = this.client.get().uri("/api/v1/feed").exchange().returnResult(Void.class).getStatus().value();
			answered += (status == 200) ? 1 : 0;
		}
		return answered;
	}

	private void awaitStates(String ofOne, String ofOther) {
		Awaitility.await("the states").atMost(SOON).untilAsserted(() -> {
			assertThat(clone(this.one).state()).isEqualTo(ofOne);
			assertThat(clone(this.other).state()).isEqualTo(ofOther);
		});
	}

	private void awaitBuilds(String... builds) {
		Set<String> expected = new TreeSet<>(List.of(builds));
		Awaitility.await("the builds").atMost(SOON).until(() -> feeds().builds().equals(expected));
	}

	private CloneView clone(TestService service) {
		return feeds().clones()
			.stream()
			.filter((clone) -> clone.address().equals(service.address().toString()))
			.findFirst()
			.orElseThrow();
	}

	private ClonesView feeds() {
		FleetView fleet = this.management.get()
			.uri("/actuator/clones")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(FleetView.class)
			.returnResult()
			.getResponseBody();
		assertThat(fleet).isNotNull();
		return fleet.services().get("feed-service");
	}

	private String metrics() {
		return String.valueOf(this.management.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

}
