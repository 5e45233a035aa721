package dev.agora.session.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.Forbidden;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.session.SessionApplication;
import dev.agora.session.member.Member;
import dev.agora.session.member.Members;
import dev.agora.session.password.TestHashes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Imports of members by the whole service while Redis and Kafka are unavailable. */
class MemberImportTests {

	private static final String PASSWORD = "a password to know";

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final JsonMapper json = new JsonMapper();

	private static ConfigurableApplicationContext service;

	private static WebTestClient client;

	private static TestCallers callers;

	private static String hash;

	private static int tests;

	/** Begins the handles of this test. */
	private final String prefix = "t" + ++tests + "_";

	private String operatorId;

	private String operator;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		callers = TestCallers.of("session-service");
		Path signing = Files.writeString(directory.resolve("signing.jwk"),
				new ECKeyGenerator(Curve.P_256).keyID("signing").generate().toJSONString());
		service = SpringApplication.run(SessionApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + mongo.uri(), "--agora.identity.jwks=" + callers.jwks(directory),
				"--agora.identity.signing-key=" + signing, "--session.password.memory=64KB",
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--agora.imports.max-upload=1MB",
				"--agora.imports.max-waiting=200", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofSeconds(60))
			.filter(new WholeResponses())
			.build();
		hash = new TestHashes().hash(PASSWORD);
	}

	@AfterAll
	static void stop() {
		service.close();
		mongo.close();
	}

	@BeforeEach
	void registerOperator() {
		String handle = this.prefix + "operator";
		this.operatorId = body(register(handle).expectStatus().isCreated()).path("id").asString();
		service.getBean(Members.class).grantOperator(this.operatorId).block();
		this.operator = callers.operator(this.operatorId, handle);
	}

	@Test
	void importsMembersWhoCanLogIn() {
		JsonNode result = importFile(line("ada", "Ada", hash) + "\n" + line("bob", "Bob", null) + "\n");
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(2);
		JsonNode ada = body(show("ada").expectStatus().isOk());
		assertThat(ada.path("name").asString()).isEqualTo("Ada");
		logIn("ada").expectStatus().isCreated();
		logIn("bob").expectStatus().isUnauthorized();
		BsonDocument stored = stored(ada.path("id").asString());
		assertThat(stored.getArray("outbox").get(0).asDocument().getString("type").getValue())
			.isEqualTo("member.registered");
	}

	@Test
	void replacesAHashWithOtherParametersAtTheFirstLogIn() {
		importFile(line("ada", "Ada", hash));
		String id = body(show("ada")).path("id").asString();
		assertThat(storedHash(id)).isEqualTo(hash);
		logIn("ada").expectStatus().isCreated();
		String renewed = storedHash(id);
		assertThat(renewed).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
		logIn("ada").expectStatus().isCreated();
		assertThat(storedHash(id)).isEqualTo(renewed);
		show("ada").expectHeader().valueEquals("ETag", "\"2\"");
		client.get().uri("/members/" + id).exchange().expectHeader().valueEquals("ETag", "\"2\"");
	}

	@Test
	void theSameFileAgainChangesNothing() {
		String file = lines(600);
		assertThat(importFile(file).path("created").asInt()).isEqualTo(600);
		JsonNode second = importFile(file);
		assertThat(second.path("unchanged").asInt()).as(second.toString()).isEqualTo(600);
		assertThat(second.path("created").asInt() + second.path("changed").asInt() + second.path("failed").asInt())
			.isZero();
	}

	@Test
	void countsEachErrorWithItsLineAndContinues() {
		register(this.prefix + "eve").expectStatus().isCreated();
		JsonNode result = importFile(String.join("\n", line("eve", "Eve", hash), "{\"handle\":", "[]",
				line("A B", "A", null), line("ok", "Ok", null), line("ok", "Ok", null), line("ok", "Other", null),
				line("weak", "W", "$argon2id$v=19$m=16,t=1,p=1$c29tZXNhbHQ$" + "A".repeat(43)),
				line("text", "T", "secret"), "{\"handle\":\"" + this.prefix + "x\"}",
				line("y", "Y", null).replace("\"name\"", "\"password\":\"" + PASSWORD + "\",\"name\""),
				"{\"name\":\"N\"}", line("z", "", null), "x".repeat(9000), line("last", "Last", null)));
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(2);
		assertThat(result.path("unchanged").asInt()).isEqualTo(1);
		assertThat(result.path("failed").asInt()).isEqualTo(12);
		assertThat(result.path("errors").valueStream().map(MemberImportTests::toText)).containsExactly("1 handle",
				"2 row", "3 row", "4 handle", "7 handle", "8 passwordHash", "9 passwordHash", "10 name", "11 password",
				"12 handle", "13 name", "14 row");
		assertThat(result.toString()).doesNotContain("secret").doesNotContain(PASSWORD);
		logIn("eve").expectStatus().isCreated();
	}

	@Test
	void readsMarksBlankLinesAndLineEndsOfOtherSystems() {
		JsonNode result = importFile("\uFEFF" + line("a", "A", null) + "\r\n\r\n \t\n" + line("b", "Jose\u0301", null)
				+ "\r\n" + line("c", "C", null).replace("}", ", \"passwordHash\": null}") + "\n{\"handle");
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(3);
		assertThat(toText(result.at("/errors/0"))).isEqualTo("6 row");
		assertThat(body(show("b")).path("name").asString()).isEqualTo("Jos\u00e9");
		assertThat(importFile(line("b", "Jos\u00e9", null)).path("unchanged").asInt()).isEqualTo(1);
	}

	@Test
	void keepsTheFirstThousandErrorsAndCountsAll() {
		JsonNode result = importFile("{}\n".repeat(700));
		assertThat(result.path("failed").asInt()).isEqualTo(700);
		assertThat(result.path("errors").size()).isEqualTo(1000);
	}

	@Test
	void neverChangesAPasswordButSetsAMissingOne() {
		register(this.prefix + "ada").expectStatus().isCreated();
		importFile(line("bob", "Bob", null));
		JsonNode result = importFile(
				line("ada", "Ada", new TestHashes().hash("another one!")) + "\n" + line("bob", "Bob", hash));
		assertThat(result.path("unchanged").asInt()).as(result.toString()).isEqualTo(1);
		assertThat(result.path("changed").asInt()).isEqualTo(1);
		logIn("ada").expectStatus().isCreated();
		logIn("bob").expectStatus().isCreated();
	}

	@Test
	void aRunThatDiedIsResumedWithTheSameResult() {
		String file = lines(700);
		String job = submit(file);
		mongo.failNext("insert", "members");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(job));
		JsonNode result = run(job);
		assertThat(result.path("created").asInt()).as(result.toString()).isEqualTo(700);
		assertThat(handlesOf("n")).hasSize(700);
	}

	@Test
	void aRowWhoseWorkerDiedAfterEachStepIsCountedOnce() {
		for (String collection : List.of("handles", "members")) {
			String job = submit(line("a_" + collection, "A", null));
			mongo.failNext("insert", collection);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> run(job));
			assertThat(run(job).path("created").asInt()).isEqualTo(1);
			assertThat(run(job).path("created").asInt()).isEqualTo(1);
		}
	}

	@Test
	void aRegistrationAndTwoImportsGiveEachHandleOneMember() {
		String file = lines(120);
		List<String> jobs = List.of(submit(file), submit(file));
		List<Mono<Object>> work = new ArrayList<>();
		jobs.forEach((job) -> work.add(Mono.defer(() -> handle(job)).cast(Object.class)));
		Members members = service.getBean(Members.class);
		Set<Integer> registered = Flux.range(1, 120)
			.flatMap((i) -> members
				.register(service.getBean(IdGenerator.class).next(),
						Member.register(this.prefix + "n" + i, "Other", "", Instant.EPOCH), Optional.empty())
				.thenReturn(i)
				.onErrorResume(Conflict.class, (taken) -> Mono.empty()), 8)
			.collect(Collectors.toSet())
			.zipWith(Flux.merge(work).collectList(), (one, other) -> one)
			.block();
		List<BsonDocument> all = handlesOf("n");
		assertThat(all).hasSize(120);
		assertThat(all.stream().map((member) -> member.getDocument("value").getString("handle").getValue()).distinct())
			.hasSize(120);
		assertThat(all.stream()
			.filter((member) -> member.getDocument("value").getString("name").getValue().equals("Other"))
			.count()).isEqualTo(Objects.requireNonNull(registered).size());
		int created = jobs.stream().mapToInt((job) -> run(job).path("created").asInt()).sum();
		assertThat(created).isEqualTo(120 - registered.size());
	}

	@Test
	void theHandleOfADeletedMemberStaysTaken() {
		String id = body(register(this.prefix + "ada").expectStatus().isCreated()).path("id").asString();
		service.getBean(Members.class).delete(id, Optional.empty()).block();
		JsonNode result = importFile(line("ada", "Ada", hash));
		assertThat(toText(result.at("/errors/0"))).isEqualTo("1 handle");
	}

	@Test
	void onlyAnOperatorImports() {
		upload(callers.identity(this.operatorId, "someone"), line("ada", "Ada", null)).expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.type")
			.value((String type) -> assertThat(type).contains("operator-required"));
		client.post()
			.uri("/members/imports")
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(line("ada", "Ada", null))
			.exchange()
			.expectStatus()
			.isUnauthorized();
		show("ada").expectStatus().isNotFound();
	}

	@Test
	void anOperatorWhoseRightsWereRevokedImportsNothingMore() {
		String job = submit(line("ada", "Ada", null));
		service.getBean(Members.class).revokeOperator(this.operatorId).block();
		assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> run(job));
		show("ada").expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource({ "text/csv, 415", "application/json, 415", "application/x-ndjson;charset=latin1, 415" })
	void refusesOtherFormats(String type, int status) {
		client.post()
			.uri("/members/imports")
			.header(Identity.HEADER, this.operator)
			.contentType(MediaType.parseMediaType(type))
			.bodyValue("{}".getBytes(StandardCharsets.UTF_8))
			.exchange()
			.expectStatus()
			.isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, (1 << 20) + 1 })
	void refusesAnEmptyAndATooLongFile(int length) {
		upload(this.operator, "\n".repeat(length)).expectStatus().isEqualTo((length == 0) ? 400 : 413);
	}

	private static String toText(JsonNode error) {
		return error.path("line").asInt() + " " + error.path("field").asString();
	}

	private String lines(int count) {
		return IntStream.rangeClosed(1, count)
			.mapToObj((i) -> line("n" + i, "Name " + i, null))
			.collect(Collectors.joining("\n"));
	}

	private String line(String handle, String name, @Nullable String passwordHash) {
		Map<String, String> fields = new LinkedHashMap<>(Map.of("handle", this.prefix + handle, "name", name));
		if (passwordHash != null) {
			fields.put("passwordHash", passwordHash);
		}
		return json.writeValueAsString(fields);
	}

	private List<BsonDocument> handlesOf(String beginning) {
		return Objects.requireNonNull(Flux.from(service.getBean(MongoDatabase.class)
			.getCollection("members", BsonDocument.class)
			.find(Filters.regex("value.handle", "^" + this.prefix + beginning))).collectList().block());
	}

	private JsonNode importFile(String file) {
		return run(submit(file));
	}

	private String submit(String file) {
		return body(upload(this.operator, file).expectStatus().isAccepted()).path("id").asString();
	}

	private static JsonNode run(String jobId) {
		return json.valueToTree(Objects.requireNonNull(handle(jobId).block()));
	}

	private static Mono<?> handle(String jobId) {
		Stored<Job> job = Objects.requireNonNull(service.getBean(Jobs.class).find(jobId).block());
		return service.getBean(MemberImportHandler.class).run(new JobRun(job, service.getBean(JsonMapper.class)));
	}

	private static ResponseSpec upload(String identity, String file) {
		return client.post()
			.uri("/members/imports")
			.header(Identity.HEADER, identity)
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(file.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

	private static ResponseSpec register(String handle) {
		return client.post()
			.uri("/members")
			.bodyValue(Map.of("handle", handle, "name", "Ada", "password", PASSWORD))
			.exchange();
	}

	private ResponseSpec logIn(String handle) {
		return client.post()
			.uri("/sessions")
			.bodyValue(Map.of("handle", this.prefix + handle, "password", PASSWORD))
			.exchange();
	}

	private ResponseSpec show(String handle) {
		return client.get().uri("/members?handle=" + this.prefix + handle).exchange();
	}

	private static BsonDocument stored(String id) {
		return Objects.requireNonNull(Mono.from(service.getBean(MongoDatabase.class)
			.getCollection("members", BsonDocument.class)
			.find(Filters.eq(id))
			.first()).block());
	}

	private static String storedHash(String id) {
		return stored(id).getDocument("value").getString("passwordHash").getValue();
	}

	private static JsonNode body(ResponseSpec response) {
		return json
			.readTree(Objects.requireNonNull(response.expectBody(String.class).returnResult().getResponseBody()));
	}

}
