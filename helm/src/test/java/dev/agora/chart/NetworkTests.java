package dev.agora.chart;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that the policies allow the connections of the design, and no others. */
class NetworkTests {

	private static final Rendering TRIAL = Chart.of("values-trial.yaml").render();

	private static final Rendering PRODUCTION = Chart.of("values-production.yaml").render();

	private static final String BETWEEN_SERVICES = """
			gateway -> session-service:http
			gateway -> product-service:http
			gateway -> graph-service:http
			gateway -> feed-service:http
			outside -> gateway:http
			bake -> product-service:management
			""";

	private static final String TO_TRIAL_BACKENDS = """
			gateway -> redis:redis
			session-service -> mongodb:mongodb
			session-service -> redis:redis
			session-service -> kafka:kafka
			product-service -> mongodb:mongodb
			product-service -> redis:redis
			product-service -> kafka:kafka
			graph-service -> mongodb:mongodb
			graph-service -> redis:redis
			graph-service -> kafka:kafka
			feed-service -> mongodb:mongodb
			feed-service -> redis:redis
			feed-service -> kafka:kafka
			topics -> kafka:kafka
			""";

	private static final String TO_BACKENDS_OUTSIDE = """
			gateway -> outside:6379
			session-service -> outside:27017
			session-service -> outside:6379
			session-service -> outside:9093
			product-service -> outside:27017
			product-service -> outside:6379
			product-service -> outside:9093
			product-worker -> outside:27017
			product-worker -> outside:6379
			product-worker -> outside:9093
			graph-service -> outside:27017
			graph-service -> outside:6379
			graph-service -> outside:9093
			graph-worker -> outside:27017
			graph-worker -> outside:6379
			graph-worker -> outside:9093
			feed-service -> outside:27017
			feed-service -> outside:6379
			feed-service -> outside:9093
			feed-worker -> outside:27017
			feed-worker -> outside:6379
			feed-worker -> outside:9093
			topics -> outside:9093
			""";

	private static final String MONITORING = """
			outside -> gateway:management
			outside -> session-service:management
			outside -> product-service:management
			outside -> product-worker:management
			outside -> graph-service:management
			outside -> graph-worker:management
			outside -> feed-service:management
			outside -> feed-worker:management
			""";

	private static final String JOURNEY = """
			journey -> gateway:http
			journey -> session-service:http
			journey -> product-service:http
			journey -> graph-service:http
			journey -> feed-service:http
			""";

	@Test
	void allowsTheConnectionsOfTheDesignOnly() {
		assertThat(connections(withoutTest(TRIAL))).isEqualTo(lines(BETWEEN_SERVICES, TO_TRIAL_BACKENDS));
		assertThat(connections(withoutTest(PRODUCTION)))
			.isEqualTo(lines(BETWEEN_SERVICES, TO_BACKENDS_OUTSIDE, MONITORING));
	}

	@Test
	void allowsTheConnectionsOfTheJourneyWhileItRuns() {
		assertThat(connections(TRIAL)).isEqualTo(lines(BETWEEN_SERVICES, TO_TRIAL_BACKENDS, JOURNEY));
		assertThat(connections(PRODUCTION)).isEqualTo(lines(BETWEEN_SERVICES, TO_BACKENDS_OUTSIDE, MONITORING, JOURNEY,
				"journey -> feed-worker:http", "journey -> graph-worker:http", "journey -> product-worker:http"));
	}

	@Test
	void allowsAllPodsToResolveNames() {
		Set<String> names = TRIAL.pods().map((pod) -> pod.component() + " -> outside:53").collect(Collectors.toSet());
		assertThat(Network.of(TRIAL).connections()).containsAll(names);
	}

	@Test
	void allowsOnlyTheGivenClients() {
		String from = "/spec/ingress/0/from/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name";
		assertThat(PRODUCTION.get("NetworkPolicy/agora-gateway").text(from)).isEqualTo("ingress-nginx");
	}

	@Test
	void allowsEverythingWithoutPolicies() {
		Rendering open = Chart.of("values-trial.yaml").set("networkPolicy.enabled", false).render();
		assertThat(connections(open)).contains("graph-service -> feed-service:management", "gateway -> mongodb:mongodb",
				"outside -> redis:redis", "mongodb -> outside:*");
	}

	@Test
	void findsAnAdditionalConnection() {
		Rendering planted = TRIAL.with("NetworkPolicy/agora-mongodb", "/spec/ingress/0/from/-", "{podSelector: {}}")
			.with("NetworkPolicy/agora-gateway", "/spec/egress/-", "{}");
		assertThat(connections(withoutTest(planted))).contains("gateway -> mongodb:mongodb", "gateway -> outside:*")
			.isNotEqualTo(connections(withoutTest(TRIAL)));
	}

	@Test
	void findsAMissingConnection() {
		Rendering planted = TRIAL.without((manifest) -> manifest.id().equals("NetworkPolicy/agora-kafka"));
		assertThat(connections(planted)).doesNotContain("feed-service -> kafka:kafka")
			.contains("feed-service -> redis:redis");
	}

	@Test
	void findsAMissingDenyAllPolicy() {
		Rendering planted = TRIAL.without((manifest) -> manifest.id().equals("NetworkPolicy/agora-deny-all"))
			.without((manifest) -> manifest.id().equals("NetworkPolicy/agora-redis"));
		assertThat(connections(planted)).contains("outside -> redis:redis");
	}

	private static Rendering withoutTest(Rendering rendering) {
		return rendering.without((manifest) -> manifest.hook().equals("test"));
	}

	private static Set<String> connections(Rendering rendering) {
		return Network.of(rendering)
			.connections()
			.stream()
			.filter((connection) -> !connection.endsWith("outside:53"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> lines(String... blocks) {
		return Stream.of(blocks).flatMap(String::lines).collect(Collectors.toCollection(TreeSet::new));
	}

}
