package dev.agora.system;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A seller imports products from files, through the gateway and a worker. */
class ImportJourney {

	private static final String IMPORTS = "/api/v1/products/imports";

	private static final int ROWS = 6000;

	/** Each of these rows has no title. */
	private static final int BAD_EVERY = 1000;

	private final Gateway gateway = TestSystem.gateway();

	private final Member seller = Member.register(this.gateway, "Seller");

	@Test
	void importsTheBooksOnce() throws IOException {
		String books = Files.readString(TestSystem.root().resolve("system-tests/src/test/resources/books.csv"));
		JsonNode first = awaitEnd(upload(books, "?default.category=books"));
		assertThat(first.at("/result/created").asInt()).as(first.toString()).isEqualTo(20);
		List<String> titles = this.seller.allPages("/api/v1/products?seller=" + this.seller.id(), "title");
		assertThat(titles).hasSize(20).contains("The Hunger Games (The Hunger Games, #1)");
		JsonNode second = awaitEnd(upload(books, "?default.category=books"));
		assertThat(second.at("/result/unchanged").asInt()).as(second.toString()).isEqualTo(20);
	}

	@Test
	void resumesAHalfDoneImportAfterItsWorkerWasKilled() {
		assumeTrue(TestSystem.isOwn());
		String job = upload(rows(), "");
		Await.until("the import is half done", Await.SOON, () -> done(job) > ROWS / 10);
		TestSystem.agora("kill", "product-service");
		TestSystem.agora("start", "product-service");
		JsonNode ended = awaitEnd(job);
		JsonNode result = ended.path("result");
		int bad = ROWS / BAD_EVERY;
		assertThat(result.path("created").asInt()).as(ended.toString()).isEqualTo(ROWS - bad);
		assertThat(result.path("changed").asInt() + result.path("unchanged").asInt()).isZero();
		assertThat(result.path("failed").asInt()).isEqualTo(bad);
		assertThat(result.path("errors").valueStream().map((error) -> error.path("line").asInt()))
			.containsExactlyElementsOf(IntStream.rangeClosed(1, bad).mapToObj((i) -> i * BAD_EVERY + 1).toList());
		List<String> titles = this.seller.allPages("/api/v1/products?seller=" + this.seller.id(), "title");
		assertThat(titles).hasSize(ROWS - bad);
		assertThat(Set.copyOf(titles)).hasSize(ROWS - bad);
	}

	private static String rows() {
		return IntStream.rangeClosed(1, ROWS)
			.mapToObj((row) -> row + "," + ((row % BAD_EVERY == 0) ? "" : "Item " + row) + "\n")
			.collect(Collectors.joining("", "key,title\n", ""));
	}

	private String upload(String file, String query) {
		return this.seller.send("POST", IMPORTS + query, file, "Content-Type", "text/csv").expect(202).text("id");
	}

	private int done(String job) {
		return show(job).at("/progress/done").asInt();
	}

	private JsonNode awaitEnd(String job) {
		return Await.value("the import has ended", Await.SOON.multipliedBy(4), () -> {
			JsonNode shown = show(job);
			return Set.of("QUEUED", "RUNNING").contains(shown.path("state").asString()) ? null : shown;
		});
	}

	private JsonNode show(String job) {
		return this.gateway.sendUntilAnswered("GET", "/api/v1/products/jobs/" + job, null, this.seller.authorization())
			.expect(200)
			.body();
	}

}
