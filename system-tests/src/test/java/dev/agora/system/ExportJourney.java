package dev.agora.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A member exports what all services hold about them. */
class ExportJourney {

	private static final String EXPORTS = "/api/v1/feed/exports";

	private static final String JOBS = "/api/v1/feed/jobs";

	private static final Duration BOUND = Await.SOON.multipliedBy(4);

	/** Some megabytes in many chunks. */
	private static final int PRODUCTS = 3000;

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	@Test
	void exportsWhatEachServiceHoldsAndNothingElse() {
		Map<String, String> ids = act();
		String job = start();
		assertThat(
				this.ann.get(JOBS + "/" + job + "/events", "Accept", "text/event-stream").expect(200).body().asString())
			.contains("event:job", "\"state\":\"SUCCEEDED\"");
		List<JsonNode> lines = download(job);
		ids.forEach((type, id) -> assertThat(lines).as(type)
			.anyMatch(
					(line) -> line.path("type").asString().equals(type) && line.path("data").toString().contains(id)));
		assertThat(lines.get(0).at("/data/records")).isEqualTo(show(job).at("/result/recordsByService"));
		assertComplete(lines);
		assertThat(lines.toString()).doesNotContain("argon2", "passwordHash", "tokenHash");
		this.bob.get(EXPORTS + "/" + job).expect(404);
		assertThat(this.ann.allPages(JOBS, "id")).containsExactly(job);
	}

	@Test
	void aMemberCancelsAnExportAndStartsAnother() {
		String first = start();
		Response cancelled = this.ann.send("DELETE", JOBS + "/" + first, null).expect(200);
		assertThat(cancelled.text("state")).isIn("CANCELLED", "SUCCEEDED");
		String second = start();
		assertThat(awaitEnd(second).path("state").asString()).isEqualTo("SUCCEEDED");
		assertComplete(download(second));
	}

	@Test
	void waitsForAServiceThatIsDownAndSurvivesTheDeathOfItsWorker() {
		assumeTrue(TestSystem.isOwn(), "It kills processes.");
		act();
		importProducts();
		TestSystem.agora("kill", "graph-service");
		String job = start();
		try {
			Await.until("the other services have sent their parts", BOUND,
					() -> show(job).at("/progress/done").asInt() == 3);
			assertThat(show(job).path("state").asString()).isIn("QUEUED", "RUNNING");
			this.ann.get(EXPORTS + "/" + job).expect(409);
			TestSystem.agora("kill", "feed-service");
			TestSystem.agora("start", "feed-service");
		}
		finally {
			TestSystem.agora("start", "graph-service");
		}
		assertThat(awaitEnd(job).path("state").asString()).isEqualTo("SUCCEEDED");
		List<JsonNode> lines = download(job);
		assertComplete(lines);
		assertThat(lines.stream().filter((line) -> line.path("type").asString().equals("product")))
			.hasSize(PRODUCTS + 1);
		assertThat(lines).extracting((line) -> line.path("type").asString()).contains("follow", "follower", "block");
	}

	/** Does something in each service; returns an id of each type of record. */
	private Map<String, String> act() {
		String product = this.ann.createProduct("Lamp", "9.90").expect(201).text("id");
		String post = this.ann.post("Hello " + UUID.randomUUID());
		Member eve = Member.register(this.gateway, "Eve");
		this.ann.follow(this.bob);
		this.bob.follow(this.ann);
		this.gateway.sendUntilAnswered("PUT", "/api/v1/graph/blocks/" + eve.id(), null, this.ann.authorization())
			.expect(204);
		return Map.of("member", this.ann.id(), "product", product, "activity", post, "follow", this.bob.id(),
				"follower", this.bob.id(), "block", eve.id());
	}

	private void importProducts() {
		String file = IntStream.range(0, PRODUCTS)
			.mapToObj((number) -> "%s %d,books,9.90,EUR,1".formatted(UUID.randomUUID(), number))
			.collect(Collectors.joining("\n", "title,category,price,currency,stock\n", "\n"));
		String job = this.ann.send("POST", "/api/v1/products/imports", file, "Content-Type", "text/csv")
			.expect(202)
			.text("id");
		Await.until("the products are imported", BOUND,
				() -> this.ann.get("/api/v1/products/jobs/" + job).expect(200).text("state").equals("SUCCEEDED"));
	}

	private String start() {
		return this.ann.send("POST", EXPORTS, null).expect(202).text("id");
	}

	private List<JsonNode> download(String job) {
		return this.ann.get(EXPORTS + "/" + job).expect(200).body().asString().lines().map(Gateway::read).toList();
	}

	/** The file has as many records of each service as its first line says. */
	private static void assertComplete(List<JsonNode> lines) {
		Map<String, Integer> announced = new TreeMap<>();
		lines.get(0)
			.at("/data/records")
			.propertyStream()
			.forEach((service) -> announced.put(service.getKey(), service.getValue().asInt()));
		Map<String, Integer> counted = new TreeMap<>();
		lines.stream().skip(1).forEach((line) -> counted.merge(line.path("service").asString(), 1, Integer::sum));
		announced.values().removeIf((count) -> count == 0);
		assertThat(counted).isEqualTo(announced).containsKeys("session-service", "feed-service");
	}

	private JsonNode show(String job) {
		return this.gateway.sendUntilAnswered("GET", JOBS + "/" + job, null, this.ann.authorization())
			.expect(200)
			.body();
	}

	private JsonNode awaitEnd(String job) {
		return Await.value("the export has ended", BOUND, () -> {
			JsonNode shown = show(job);
			return List.of("QUEUED", "RUNNING").contains(shown.path("state").asString()) ? null : shown;
		});
	}

}
