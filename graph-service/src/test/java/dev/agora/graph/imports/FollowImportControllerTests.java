package dev.agora.graph.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.graph.TestGraphService;
import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.imports.ImportResult;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobReport;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberCard;

import static org.assertj.core.api.Assertions.assertThat;

class FollowImportControllerTests {

	private static TestGraphService service;

	private final MemberCard operator = service.member("operator");

	private final MemberCard ann = service.member("ann");

	private final MemberCard bob = service.member("bob");

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		service = new TestGraphService(directory, "--agora.imports.max-upload=1MB");
	}

	@AfterAll
	static void stop() {
		service.mongo().commands().requireIndexed(Map.of());
		service.mongo()
			.commands()
			.requireTargeted(
					Map.of("find members by value, value.handle", "an import finds its members by their handles",
							"find jobs by $or, removedAt, value.owner, value.state", "a worker chooses a job",
							"aggregate jobs by value.owner, value.state", "the open jobs of one owner are counted"));
		service.close();
	}

	@Test
	void importsAListOfEdgesOnce() {
		String file = "# friends\n%1$s %2$s\n\n%2$s %1$s\n%1$s %2$s\n".formatted(this.ann.handle(), this.bob.handle());
		ResponseSpec accepted = upload(file);
		accepted.expectStatus().isAccepted();
		String job = TestGraphService.body(accepted).path("id").asString();
		ImportResult first = run(job);
		assertThat(first).extracting(ImportResult::created, ImportResult::unchanged, ImportResult::failed)
			.containsExactly(2L, 1L, 0L);
		JsonNode shown = TestGraphService
			.body(service.call(HttpMethod.GET, "/graph/members/" + this.ann.id(), this.bob));
		assertThat(shown.path("friends").asInt()).isEqualTo(1);
		ImportResult second = run(TestGraphService.body(upload(file)).path("id").asString());
		assertThat(second).extracting(ImportResult::created, ImportResult::unchanged).containsExactly(0L, 3L);
		assertThat(service.call(HttpMethod.GET, "/graph/members/" + this.ann.id(), this.bob)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody()).contains("\"friends\":1");
	}

	/** The same line occurs in two batches, with errors between. */
	@Test
	void accountsForEachLineOfAFileWithManyRepeatedLines() {
		String line = this.ann.handle() + " " + this.bob.handle() + "\n";
		ImportResult result = run(
				TestGraphService.body(upload(line.repeat(400) + "oops\n".repeat(50) + line.repeat(300)))
					.path("id")
					.asString());
		assertThat(result).extracting(ImportResult::created, ImportResult::unchanged, ImportResult::failed)
			.containsExactly(1L, 699L, 50L);
	}

	@Test
	void listsTheErrorsByTheirLines() {
		service.call(HttpMethod.PUT, "/graph/blocks/" + this.bob.id(), this.operator).expectStatus().isNoContent();
		MemberCard deleted = service.member("deleted");
		service.delete(deleted);
		ImportResult result = run(TestGraphService
			.body(upload("%s nobody_at_all\n%s %s\n%s %s\noops\n%s %s\n".formatted(this.ann.handle(), this.ann.handle(),
					deleted.handle(), this.bob.handle(), this.operator.handle(), this.ann.handle(), this.bob.handle())))
			.path("id")
			.asString());
		assertThat(result.created()).isEqualTo(1);
		assertThat(result.failed()).isEqualTo(4);
		assertThat(result.errors()).extracting((error) -> error.line() + " " + error.field())
			.containsExactly("1 followee", "2 followee", "3 row", "4 row");
		assertThat(result.errors().get(2).message()).contains("block");
	}

	@Test
	void keepsAThousandErrorsAndCountsAll() {
		ImportResult result = run(TestGraphService.body(upload("oops\n".repeat(1500))).path("id").asString());
		assertThat(result.failed()).isEqualTo(1500);
		assertThat(result.errors()).hasSize(1000);
		assertThat(result.errors().get(999).line()).isEqualTo(1000);
	}

	@Test
	void resumesAfterTheLastCheckpoint() {
		StringBuilder file = new StringBuilder("# begin\n");
		for (int i = 0; i < 600; i++) {
			file.append("oops\n");
		}
		file.append(this.ann.handle()).append(' ').append(this.bob.handle()).append('\n');
		String id = TestGraphService.body(upload(file.toString())).path("id").asString();
		Stored<Job> job = find(id);
		JobRun interrupted = new JobRun(job, JsonMapper.shared());
		service.part(FollowImportHandler.class).run(interrupted).block();
		JobReport half = new JobReport(interrupted.latest().progress(), """
				{"rows": 500, "line": 501, "result":
				{"created": 7, "changed": 0, "unchanged": 0, "failed": 493, "errors": []}}""");
		Stored<Job> resumed = new Stored<>(job.id(), job.version(), job.value().with(half), job.createdAt(),
				job.updatedAt(), 0);
		ImportResult result = result(resumed);
		assertThat(result).extracting(ImportResult::created, ImportResult::unchanged, ImportResult::failed)
			.containsExactly(7L, 1L, 593L);
		assertThat(result.errors().get(0).line()).isEqualTo(502);
	}

	@Test
	void returns403ToMembersWhoAreNoOperatorsBeforeTheFileIsRead() {
		service.client()
			.post()
			.uri("/graph/imports")
			.header(Identity.HEADER, service.identity(this.ann))
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("ann bob")
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.value((type) -> assertThat(String.valueOf(type)).endsWith("operator-required"));
		service.client()
			.post()
			.uri("/graph/imports")
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("ann bob")
			.exchange()
			.expectStatus()
			.isUnauthorized();
	}

	@ParameterizedTest
	@CsvSource({ "text/csv,415", "application/json,415", "text/plain;charset=ISO-8859-1,415", "text/plain,202",
			"text/plain;charset=utf-8,202" })
	void acceptsPlainTextInUtf8Only(String type, int status) {
		upload("oops", HttpHeaders.CONTENT_TYPE, type).expectStatus().isEqualTo(status);
	}

	@Test
	void refusesFilesThatCannotBeRead() {
		upload(new byte[] { 'a', (byte) 0xFF, '\n' }).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("body");
		upload(new byte[0]).expectStatus().isBadRequest();
		upload(new byte[(1 << 20) + 1]).expectStatus().isEqualTo(413);
		upload("oops", HttpHeaders.CONTENT_ENCODING, "gzip").expectStatus().isEqualTo(415);
		upload("oops", "Idempotency-Key", "k".repeat(300)).expectStatus().isBadRequest();
	}

	@Test
	void startsOneJobForARepeatedRequest() {
		String key = this.ann.id();
		String first = TestGraphService.body(upload("oops", "Idempotency-Key", key)).path("id").asString();
		assertThat(TestGraphService.body(upload("oops", "Idempotency-Key", key)).path("id").asString())
			.isEqualTo(first);
		upload("other", "Idempotency-Key", key).expectStatus().isEqualTo(422);
		assertThat(chunksOf(first)).isPositive();
	}

	private long chunksOf(String job) {
		String upload = find(job).value().parameters().replaceAll(".*\"id\":\"([0-9A-Z]+)\".*", "$1");
		return Objects.requireNonNull(Mono
			.from(service.part(MongoDatabase.class).getCollection("uploads").countDocuments(Filters.eq(upload + "/0")))
			.block());
	}

	private static Stored<Job> find(String id) {
		return Objects.requireNonNull(service.part(Jobs.class).find(id).block());
	}

	private static ImportResult run(String id) {
		return result(find(id));
	}

	private static ImportResult result(Stored<Job> job) {
		return Objects
			.requireNonNull(service.part(FollowImportHandler.class).run(new JobRun(job, JsonMapper.shared())).block());
	}

	private ResponseSpec upload(String file, String... headers) {
		return upload(file.getBytes(StandardCharsets.UTF_8), headers);
	}

	private ResponseSpec upload(byte[] file, String... headers) {
		HttpHeaders all = new HttpHeaders();
		all.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE);
		all.set(Identity.HEADER, service.operator(this.operator));
		for (int i = 0; i < headers.length; i += 2) {
			all.set(headers[i], headers[i + 1]);
		}
		return service.client()
			.post()
			.uri("/graph/imports")
			.headers((sent) -> sent.putAll(all))
			.bodyValue(file)
			.exchange();
	}

}
