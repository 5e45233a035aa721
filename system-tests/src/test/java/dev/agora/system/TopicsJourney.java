package dev.agora.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The services create the topics, since the brokers create none automatically. */
class TopicsJourney {

	private static final String FAN_OUTS = "feed.fan-outs.v1";

	private static final Map<String, List<String>> GROUPS = Map.ofEntries(
			Map.entry("session.members.v1",
					List.of("session.members", "product.members", "graph.members", "feed.members")),
			Map.entry("product.products.v1",
					List.of("product.cache", "product.pages", "product.reconciler", "product.reviews", "feed.products",
							"feed.prices")),
			Map.entry("product.reviews.v1",
					List.of("feed.reviews", "product.ratings", "product.review-reconciler", "product.review-trends")),
			Map.entry("graph.follows.v1",
					List.of("feed.follows", "feed.follow-projection", "feed.friendships", "graph.follow-ties",
							"graph.sets")),
			Map.entry("graph.blocks.v1", List.of("feed.blocks", "feed.block-projection", "graph.block-ties")),
			Map.entry("feed.activities.v1", List.of("feed.timelines", "feed.reconciler", "product.post-trends")),
			Map.entry("session.jobs.v1", List.of("session.uploads")),
			Map.entry("product.jobs.v1", List.of("product.uploads")),
			Map.entry("graph.jobs.v1", List.of("graph.uploads")),
			Map.entry("feed.jobs.v1", List.of("feed.export-jobs")), Map.entry(FAN_OUTS, List.of("feed.fan-outs")));

	private static final Duration BOUND = Duration.ofMinutes(2);

	private static Admin admin;

	@BeforeAll
	static void ownSystemOnly() throws IOException {
		assumeTrue(TestSystem.isOwn(), "It deletes topics, so it needs a system that the tests have started.");
		TestSystem.gateway();
		admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + TestSystem.portOf("kafka")));
	}

	@AfterAll
	static void close() {
		if (admin != null) {
			admin.close();
		}
	}

	@Test
	void theServicesCreateAllTopicsWithUnlimitedRetention() {
		GROUPS.forEach((topic, groups) -> {
			if (!topic.equals(FAN_OUTS)) {
				awaitUnlimitedRetention(topic);
			}
			groups.forEach((group) -> awaitUnlimitedRetention(topic + "." + group + ".dlt"));
		});
		assertThat(GROUPS.keySet()).allSatisfy((topic) -> assertThat(partitions(topic)).isEqualTo(6));
	}

	/** They have the ids of many followers, and their work is done within seconds. */
	@Test
	void theTopicOfFanOutsKeepsItsRecordsForAWeek() {
		Await.until("fan-outs are kept for a week", BOUND,
				() -> isSet(FAN_OUTS, "retention.ms", "604800000") && isSet(FAN_OUTS, "segment.ms", "86400000"));
	}

	/** They have personal data. */
	@Test
	void theTopicsOfExportPartsKeepTheirRecordsForADay() {
		for (String service : List.of("session", "product", "graph", "feed")) {
			String topic = service + ".export-parts.v1";
			for (String name : List.of(topic, topic + ".feed.export-parts.dlt")) {
				Await.until(name + " keeps its records for a day", BOUND,
						() -> isSet(name, "retention.ms", "86400000") && isSet(name, "segment.ms", "3600000"));
			}
			awaitUnlimitedRetention("feed.exports.v1." + service + ".export-requests.dlt");
		}
	}

	@Test
	void aDeletedTopicIsCreatedAgain() throws Exception {
		String letters = "product.products.v1.feed.products.dlt";
		awaitUnlimitedRetention(letters);
		admin.deleteTopics(Set.of(letters)).all().get();
		awaitUnlimitedRetention(letters);
	}

	@Test
	void aTopicOfAnOperatorKeepsItsPartitionsAndItsConfiguration() throws Exception {
		String letters = "product.products.v1.product.reconciler.dlt";
		awaitUnlimitedRetention(letters);
		replace(letters, new NewTopic(letters, 2, (short) -1).configs(Map.of("retention.ms", "60000")));
		Await.until("the missing configuration is set", BOUND, () -> isSet(letters, "cleanup.policy", "delete"));
		assertThat(value(letters, "retention.ms")).isEqualTo("60000");
		assertThat(partitions(letters)).isEqualTo(2);
		replace(letters, new NewTopic(letters, 1, (short) -1));
		awaitUnlimitedRetention(letters);
	}

	@Test
	void eventsArriveAfterATopicWasDeletedAtRuntime() throws Exception {
		Member ann = Member.register(TestSystem.gateway(), "Ann");
		Member bob = Member.register(TestSystem.gateway(), "Bob");
		bob.follow(ann);
		String first = ann.post("Before the topic goes");
		Await.until("Bob follows", BOUND, () -> bob.feed().contains(first));
		admin.deleteTopics(Set.of("feed.activities.v1")).all().get();
		awaitUnlimitedRetention("feed.activities.v1");
		String id = ann.post("After the topic");
		Await.until("the post is in Bob's feed", BOUND, () -> bob.feed().contains(id));
		assertThat(TestSystem.log("feed-service-1").lines().filter((line) -> line.startsWith("\tat "))).isEmpty();
	}

	@Test
	void healthReportsTheTopics() throws Exception {
		String health = HttpClient.newHttpClient()
			.send(HttpRequest
				.newBuilder(URI
					.create("http://127.0.0.1:" + TestSystem.managementPortOf("feed-service") + "/actuator/health"))
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
		assertThat(health).contains("\"topics\"").contains("\"missing\"");
	}

	/** Repeats the replacement until it is faster than the services. */
	private static void replace(String name, NewTopic topic) {
		Await.until("the operator's topic is there", BOUND, () -> {
			try {
				admin.deleteTopics(Set.of(name)).all().get();
				admin.createTopics(Set.of(topic)).all().get();
				return true;
			}
			catch (ExecutionException | InterruptedException ex) {
				return false;
			}
		});
	}

	private static void awaitUnlimitedRetention(String topic) {
		Await.until(topic + " keeps its events", BOUND, () -> isSet(topic, "retention.ms", "-1")
				&& isSet(topic, "retention.bytes", "-1") && isSet(topic, "cleanup.policy", "delete"));
	}

	private static boolean isSet(String topic, String name, String value) {
		Config config = config(topic);
		return config.get(name) != null && value.equals(config.get(name).value()) && !config.get(name).isDefault();
	}

	private static String value(String topic, String name) {
		return config(topic).get(name).value();
	}

	/** Returns the configuration of a topic, empty if there is no such topic. */
	private static Config config(String topic) {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
		try {
			return admin.describeConfigs(Set.of(resource)).all().get().get(resource);
		}
		catch (ExecutionException | InterruptedException ex) {
			return new Config(List.of());
		}
	}

	private static int partitions(String topic) {
		try {
			return admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic).partitions().size();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
