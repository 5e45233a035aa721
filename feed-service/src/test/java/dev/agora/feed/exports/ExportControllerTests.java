package dev.agora.feed.exports;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.job.JobState;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.Shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(Shared.class)
class ExportControllerTests {

	private static TestExports service;

	private final MemberCard ann = service.member("ann");

	@BeforeAll
	static void share(TestExports shared) {
		service = shared;
	}

	@Test
	void returnsTheFileOnceEveryServiceHasSentItsPart() {
		ResponseSpec accepted = service.call(HttpMethod.POST, "/feed/exports", this.ann).expectStatus().isAccepted();
		JsonNode job = TestExports.body(accepted);
		String id = job.path("id").asString();
		accepted.expectHeader().valueEquals(HttpHeaders.LOCATION, "/api/v1/feed/jobs/" + id);
		assertThat(job.path("kind").asString()).isEqualTo("export-data");
		service.request(id, this.ann);
		for (String name : TestExports.SERVICES) {
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> service.run(id)).withMessageContaining(name);
			service.send(id, name, "1", "{\"ä\":", "1}\n", name + "\n");
		}
		service.end(id, JobState.SUCCEEDED);
		ResponseSpec response = download(id, this.ann).expectStatus().isOk();
		response.expectHeader().contentType(MediaType.APPLICATION_NDJSON);
		response.expectHeader()
			.valueEquals(HttpHeaders.CONTENT_DISPOSITION,
					"attachment; filename=\"agora-" + this.ann.handle() + "-" + id + ".ndjson\"");
		response.expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-store");
		byte[] file = Objects.requireNonNull(response.expectBody().returnResult().getResponseBody());
		response.expectHeader().contentLength(file.length);
		List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
		JsonNode first = JsonMapper.shared().readTree(lines.get(0));
		assertThat(first.path("type").asString()).isEqualTo("export");
		assertThat(first.at("/data/member").asString()).isEqualTo(this.ann.id());
		assertThat(first.at("/data/records/graph-service").asInt()).isEqualTo(3);
		assertThat(lines.subList(1, lines.size())).containsExactly("{\"ä\":1}", "feed-service", "{\"ä\":1}",
				"graph-service", "{\"ä\":1}", "product-service", "{\"ä\":1}", "session-service");
	}

	@Test
	void aServiceThatHoldsNothingHasAnEmptyPart() {
		String id = service.start(this.ann);
		service.request(id, this.ann);
		TestExports.SERVICES.forEach((name) -> service.send(id, name, "1"));
		assertThat(service.run(id).records()).isZero();
		service.end(id, JobState.SUCCEEDED);
		assertThat(lines(download(id, this.ann))).hasSize(1);
	}

	@Test
	void runsOneExportOfAMemberAtATime() {
		String id = service.start(this.ann);
		service.call(HttpMethod.POST, "/feed/exports", this.ann)
			.expectStatus()
			.isEqualTo(409)
			.expectBody(String.class)
			.value((problem) -> assertThat(problem).contains("export-running", id));
		service.start(service.member("bob"));
		String concurrent = service.submit(this.ann);
		assertThatExceptionOfType(Conflict.class).isThrownBy(() -> service.run(concurrent)).withMessageContaining(id);
		service.call(HttpMethod.DELETE, "/feed/jobs/" + id, this.ann).expectStatus().isOk();
		service.call(HttpMethod.DELETE, "/feed/jobs/" + concurrent, this.ann).expectStatus().isOk();
		service.start(this.ann);
	}

	@Test
	void startsOneJobForARepeatedRequest() {
		String key = this.ann.id();
		ResponseSpec first = service.call(HttpMethod.POST, "/feed/exports", this.ann, key);
		ResponseSpec second = service.call(HttpMethod.POST, "/feed/exports", this.ann, key);
		assertThat(TestExports.body(second.expectStatus().isAccepted()).path("id"))
			.isEqualTo(TestExports.body(first).path("id"));
		service.call(HttpMethod.POST, "/feed/exports", this.ann, "a b").expectStatus().isBadRequest();
	}

	@Test
	void onlyItsOwnerFindsTheFile() {
		String id = service.start(this.ann);
		service.complete(id, this.ann);
		download(id, service.member("bob")).expectStatus().isNotFound();
		service.client().get().uri("/feed/exports/" + id).exchange().expectStatus().isUnauthorized();
		service.client().post().uri("/feed/exports").exchange().expectStatus().isUnauthorized();
		download(id, this.ann).expectStatus().isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0SAX3JKRPM3GA", "x", "..", "0SAX3JKRPM3GA:feed-service", "$ne", "jobs" })
	void returns404ForUnknownIds(String id) {
		download(id, this.ann).expectStatus().isNotFound();
	}

	@Test
	void returns409WhileTheJobRuns() {
		String id = service.start(this.ann);
		service.request(id, this.ann);
		TestExports.SERVICES.forEach((name) -> service.send(id, name, "1", "x\n"));
		download(id, this.ann).expectStatus().isEqualTo(409);
	}

	@ParameterizedTest
	@EnumSource(value = JobState.class, names = { "FAILED", "CANCELLED" })
	void aFailedOrCancelledExportLeavesNothing(JobState state) {
		String id = service.start(this.ann);
		service.request(id, this.ann);
		service.send(id, "feed-service", "1", "x\n");
		service.sendChunk(id, "graph-service", "1", 1, "x\n");
		service.end(id, state);
		assertThat(service.chunksOf(id)).isZero();
		service.sendChunk(id, "graph-service", "1", 2, "late\n");
		service.complete(id, "graph-service", "1", 1);
		assertThat(service.chunksOf(id)).isZero();
		download(id, this.ann).expectStatus().isNotFound();
	}

	@Test
	void aLaterExportReplacesTheFile() {
		String first = service.start(this.ann);
		service.complete(first, this.ann);
		String second = service.start(this.ann);
		download(first, this.ann).expectStatus().isOk();
		service.complete(second, this.ann);
		download(first, this.ann).expectStatus().isNotFound();
		assertThat(lines(download(second, this.ann))).hasSize(5);
		assertThat(service.chunksOf(first)).isZero();
	}

	@Test
	void aDeletedMemberLeavesNoExport() {
		String id = service.start(this.ann);
		service.complete(id, this.ann);
		service.part(ExportAssembly.class).removeAllOf(this.ann.id()).block();
		assertThat(service.chunksOf(id)).isZero();
		service.sendChunk(id, "graph-service", "2", 1, "late\n");
		assertThat(service.chunksOf(id)).isZero();
		download(id, this.ann).expectStatus().isNotFound();
	}

	/** A file that lacks its end must not look like a whole one. */
	@Test
	void abortsADownloadThatLacksAChunk() {
		String id = service.start(this.ann);
		service.complete(id, this.ann);
		Mono.from(service.part(MongoDatabase.class)
			.getCollection("exportChunks")
			.deleteOne(Filters.eq(id + ":product-service:1:1"))).block();
		assertThatThrownBy(() -> download(id, this.ann).expectBody(String.class).returnResult())
			.hasStackTraceContaining("PrematureClose");
	}

	@Test
	void streamsAFileThatIsLargerThanTheMemoryOfARequest() {
		String id = service.start(this.ann);
		service.request(id, this.ann);
		String[] chunks = new String[100];
		Arrays.setAll(chunks, (number) -> number + "x".repeat(60_000) + "\n");
		TestExports.SERVICES.forEach((name) -> service.send(id, name, "1", chunks));
		service.end(id, JobState.SUCCEEDED);
		List<String> lines = lines(download(id, this.ann));
		assertThat(lines).hasSize(401);
		assertThat(lines.subList(101, 201))
			.containsExactlyElementsOf(Arrays.stream(chunks).map(String::strip).toList());
	}

	private static ResponseSpec download(String id, MemberCard member) {
		return service.call(HttpMethod.GET, "/feed/exports/" + id, member);
	}

	private static List<String> lines(ResponseSpec response) {
		return Objects
			.requireNonNull(response.expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody())
			.lines()
			.toList();
	}

}
