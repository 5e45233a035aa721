package dev.agora.gateway.health;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.gateway.TestGateway;
import dev.agora.gateway.TestService;
import dev.agora.gateway.balance.InstancesEndpoint.InstanceView;
import dev.agora.gateway.balance.InstancesEndpoint.ServiceView;
import dev.agora.gateway.balance.InstancesEndpoint.RegistryView;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HealthCheckerTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final TestService one = TestService.responding(200, "{}");

	private final TestService other = TestService.responding(200, "{}");

	private final TestGateway gateway = TestGateway.with(
			TestGateway.instances("feed-service", this.one.address(), this.other.address()),
			"gateway.balance.probe-interval=50ms", "gateway.balance.probe-timeout=2s", "gateway.deadline.timeout=5s");

	private final WebTestClient client = this.gateway.client();

	private final WebTestClient management = this.gateway.managementClient();

	@BeforeEach
	void recover() {
		this.one.become("feed-service/1.0/feed-service-1");
		this.other.become("feed-service/1.0/feed-service-2");
		this.one.recover();
		this.other.recover();
		awaitStates("HEALTHY", "HEALTHY");
		this.one.clearRequests();
		this.other.clearRequests();
	}

	@AfterAll
	void close() {
		this.gateway.close();
		this.other.close();
		this.one.close();
	}

	@Test
	void ejectsAFrozenInstanceUntilItAnswersAgain() {
		this.one.freeze();
		awaitStates("EJECTED", "HEALTHY");
		Awaitility.await("only the other gets requests").atMost(SOON).until(() -> countServed(10) == 10);
		this.one.recover();
		awaitStates("HEALTHY", "HEALTHY");
	}

	@Test
	void sendsNothingToADrainingInstanceWhileAnotherIsHealthy() {
		this.one.drain();
		awaitStates("DRAINING", "HEALTHY");
		this.one.clearRequests();
		assertThat(countServed(20)).isEqualTo(20);
		assertThat(this.one.requests()).isEmpty();
		this.other.drain();
		awaitStates("DRAINING", "DRAINING");
		assertThat(countServed(5)).as("where none is healthy").isEqualTo(5);
	}

	@Test
	void triesAnEjectedInstanceWhenAllAreEjected() {
		this.one.freeze();
		this.other.freeze();
		awaitStates("EJECTED", "EJECTED");
		this.client.get().uri("/api/v1/feed").exchange().expectStatus().isEqualTo(504);
	}

	@Test
	void reportsDifferentBuildsOfAService() {
		awaitBuilds("1.0");
		assertThat(metrics()).contains("instance_builds{application=\"gateway\",upstream=\"feed-service\"} 1.0");
		this.other.become("feed-service/1.1/feed-service-2");
		awaitBuilds("1.0", "1.1");
		assertThat(metrics()).contains("instance_builds{application=\"gateway\",upstream=\"feed-service\"} 2.0");
		Awaitility.await("the metrics")
			.atMost(SOON)
			.untilAsserted(() -> assertThat(metrics()).contains(instances("1.0", "healthy", "1.0"),
					instances("1.1", "healthy", "1.0")));
		this.one.become("feed-service/1.1/feed-service-1");
		awaitBuilds("1.1");
		Awaitility.await("the metrics")
			.atMost(SOON)
			.untilAsserted(() -> assertThat(metrics()).contains(instances("1.1", "healthy", "2.0"))
				.doesNotContain("build=\"1.0\""));
	}

	/** A scrape that reads a gauge and its replacement fails. */
	@Test
	void keepsTheGaugesOfInstancesThatStay() {
		awaitBuilds("1.0");
		Awaitility.await("the gauge").atMost(SOON).until(() -> healthyGauge("1.0") != null);
		Gauge gauge = healthyGauge("1.0");
		this.other.become("feed-service/1.1/feed-service-2");
		Awaitility.await("the gauge of the other build").atMost(SOON).until(() -> healthyGauge("1.1") != null);
		assertThat(healthyGauge("1.0")).isSameAs(gauge);
	}

	private @Nullable Gauge healthyGauge(String build) {
		return this.gateway.part(MeterRegistry.class)
			.find("instances")
			.tags("upstream", "feed-service", "build", build, "state", "healthy")
			.gauge();
	}

	@Test
	void reportsTheStateOfEachInstance() {
		assertThat(countServed(1)).isOne();
		assertThat(feedService().instances()).extracting(InstanceView::address)
			.containsExactlyInAnyOrder(this.one.address().toString(), this.other.address().toString());
		assertThat(feedService().instances()).extracting(InstanceView::instance)
			.containsExactlyInAnyOrder("feed-service-1", "feed-service-2");
		assertThat(feedService().instances()).extracting(InstanceView::inFlight).containsOnly(0);
		assertThat(feedService().instances()).anyMatch((instance) -> instance.latencyMillis() > 0);
	}

	@Test
	void reportsNothingOnThePublicPort() {
		this.client.get().uri("/actuator/clones").exchange().expectStatus().isNotFound();
	}

	private long countServed(int times) {
		long countServed = 0;
		for (int i = 0; i < times; i++) {
			int status = this.client.get().uri("/api/v1/feed").exchange().returnResult(Void.class).getStatus().value();
			countServed += (status == 200) ? 1 : 0;
		}
		return countServed;
	}

	private void awaitStates(String ofOne, String ofOther) {
		Awaitility.await("the states").atMost(SOON).untilAsserted(() -> {
			assertThat(instance(this.one).state()).isEqualTo(ofOne);
			assertThat(instance(this.other).state()).isEqualTo(ofOther);
		});
	}

	private void awaitBuilds(String... builds) {
		Set<String> expected = new TreeSet<>(List.of(builds));
		Awaitility.await("the builds").atMost(SOON).until(() -> feedService().builds().equals(expected));
	}

	private InstanceView instance(TestService service) {
		return feedService().instances()
			.stream()
			.filter((instance) -> instance.address().equals(service.address().toString()))
			.findFirst()
			.orElseThrow();
	}

	private ServiceView feedService() {
		RegistryView registry = this.management.get()
			.uri("/actuator/clones")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(RegistryView.class)
			.returnResult()
			.getResponseBody();
		assertThat(registry).isNotNull();
		return registry.services().get("feed-service");
	}

	private static String instances(String build, String state, String number) {
		return "instances{application=\"gateway\",build=\"" + build + "\",state=\"" + state
				+ "\",upstream=\"feed-service\"} " + number;
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
