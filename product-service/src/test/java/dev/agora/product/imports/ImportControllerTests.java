package dev.agora.product.imports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.imports.UploadListener;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobEvent;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.platform.web.Idempotency;
import dev.agora.product.ProductApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Uploads files to the whole service while Redis and Kafka are unavailable. */
class ImportControllerTests {

	private static final String FILE = "key,title\na,Lamp\nb,Chair\n";

	private static final MediaType CSV = MediaType.parseMediaType("text/csv");

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final JsonMapper json = new JsonMapper();

	private static ConfigurableApplicationContext service;

	private static WebTestClient client;

	private static TestCallers callers;

	private static int members;

	/** A member of this test. */
	private final String anna = caller();

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		callers = TestCallers.of("product-service");
		service = SpringApplication.run(ProductApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + mongo.uri(), "--agora.identity.jwks=" + callers.jwks(directory),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--agora.imports.max-upload=1MB",
				"--agora.imports.max-waiting=3", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofSeconds(60))
			.filter(new WholeResponses())
			.build();
	}

	@AfterAll
	static void stop() {
		service.close();
		mongo.close();
	}

	private static String caller() {
		return callers.identity("0SAX0RSKMBG" + String.format("%02d", ++members), "anna" + members);
	}

	private ResponseSpec upload(String path, MediaType type, String file, String... headers) {
		WebTestClient.RequestBodySpec request = client.post()
			.uri("/products/imports" + path)
			.header(Identity.HEADER, this.anna)
			.contentType(type);
		for (int i = 0; i < headers.length; i += 2) {
			request.header(headers[i], headers[i + 1]);
		}
		return request.bodyValue(file.getBytes(StandardCharsets.UTF_8)).exchange();
	}

	private static JsonNode body(ResponseSpec response) {
		return json
			.readTree(Objects.requireNonNull(response.expectBody(String.class).returnResult().getResponseBody()));
	}

	private static long chunks() {
		return Objects.requireNonNull(Mono
			.from(service.getBean(MongoDatabase.class).getCollection("uploads", BsonDocument.class).countDocuments())
			.block());
	}

	private static JsonNode run(String jobId) {
		Stored<Job> job = Objects.requireNonNull(service.getBean(Jobs.class).find(jobId).block());
		return json.valueToTree(Objects.requireNonNull(
				service.getBean(ImportHandler.class).run(new JobRun(job, service.getBean(JsonMapper.class))).block()));
	}

	private static void end(String jobId) {
		service.getBean(Jobs.class).cancel(jobId).block();
		JobEvent ended = new JobEvent.Ended(ImportRequest.KIND, "", JobState.CANCELLED, Instant.now());
		service.getBean(UploadListener.class).apply(new ReceivedEvent<>(jobId, 2, Instant.now(), ended)).block();
	}

	@Test
	void returns202WithAJobThatImportsTheFile() {
		long before = chunks();
		ResponseSpec response = upload("", CSV, FILE).expectStatus().isAccepted();
		JsonNode job = body(response);
		response.expectHeader().valueEquals(HttpHeaders.LOCATION, "/api/v1/products/jobs/" + job.path("id").asString());
		assertThat(job.path("state").asString()).isEqualTo("QUEUED");
		assertThat(job.path("kind").asString()).isEqualTo("import-products");
		assertThat(run(job.path("id").asString()).path("created").asInt()).isEqualTo(2);
		assertThat(run(body(upload("", CSV, FILE)).path("id").asString()).path("unchanged").asInt()).isEqualTo(2);
		assertThat(chunks()).isEqualTo(before + 2);
		end(job.path("id").asString());
		assertThat(chunks()).isEqualTo(before + 1);
	}

	@Test
	void importsNdjsonAndReportsErrorsByLine() {
		String row = "{\"title\":\"A\",\"category\":\"home\",\"price\":{\"amount\":1.50,\"currency\":\"EUR\"},\"stock\":3}";
		String id = body(upload("", MediaType.APPLICATION_NDJSON, row + "\n{}\n" + row.replace("A", "B"))).path("id")
			.asString();
		JsonNode result = run(id);
		assertThat(result.path("created").asInt()).isEqualTo(2);
		assertThat(result.path("failed").asInt()).isEqualTo(1);
		assertThat(result.at("/errors/0/line").asInt()).isEqualTo(2);
	}

	@Test
	void startsOneJobForARepeatedRequest() {
		long before = chunks();
		JsonNode first = body(upload("", CSV, FILE, Idempotency.HEADER, "k").expectStatus().isAccepted());
		JsonNode second = body(upload("", CSV, FILE, Idempotency.HEADER, "k").expectStatus().isAccepted());
		assertThat(second.path("id")).isEqualTo(first.path("id"));
		upload("", CSV, FILE + "c,Table\n", Idempotency.HEADER, "k").expectStatus().isEqualTo(422);
		upload("?default.stock=1", CSV, FILE, Idempotency.HEADER, "k").expectStatus().isEqualTo(422);
		assertThat(chunks()).isEqualTo(before + 1);
	}

	@ParameterizedTest
	@CsvSource({ "application/json, '', 415", "text/plain, '', 415", "multipart/form-data;boundary=x, '', 415",
			"text/csv;charset=iso-8859-1, '', 415", "text/csv, gzip, 415", "text/csv;charset=utf-8, identity, 202",
			"text/csv;header=present, '', 202" })
	void returns415ForAnotherFormat(String type, String encoding, int status) {
		long before = chunks();
		String[] headers = encoding.isEmpty() ? new String[0] : new String[] { HttpHeaders.CONTENT_ENCODING, encoding };
		upload("", MediaType.parseMediaType(type), FILE, headers).expectStatus().isEqualTo(status);
		assertThat(chunks()).isEqualTo((status == 202) ? before + 1 : before);
	}

	@Test
	void returns400AndStoresNothingForAMalformedRequest() {
		long before = chunks();
		assertThat(
				body(upload("?titel=name", CSV, FILE).expectStatus().isBadRequest()).at("/errors/0/field").asString())
			.isEqualTo("titel");
		upload("?title=name", MediaType.APPLICATION_NDJSON, FILE).expectStatus().isBadRequest();
		upload("", CSV, "").expectStatus().isBadRequest();
		upload("", CSV, FILE, Idempotency.HEADER, "a b").expectStatus().isBadRequest();
		client.post()
			.uri("/products/imports")
			.header(Identity.HEADER, this.anna)
			.contentType(CSV)
			.bodyValue(new byte[] { 'a', (byte) 0xE9, '\n' })
			.exchange()
			.expectStatus()
			.isBadRequest();
		client.post()
			.uri("/products/imports")
			.contentType(CSV)
			.bodyValue("x")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		assertThat(chunks()).isEqualTo(before);
	}

	@Test
	void returns413ForALongerFile() {
		long before = chunks();
		upload("", CSV, "x".repeat((1 << 20) + 1)).expectStatus().isEqualTo(413);
		Flux<DataBuffer> chunked = Flux.range(0, 9)
			.map((i) -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[1 << 17]));
		client.post()
			.uri("/products/imports")
			.header(Identity.HEADER, this.anna)
			.contentType(CSV)
			.body(chunked, DataBuffer.class)
			.exchange()
			.expectStatus()
			.isEqualTo(413);
		assertThat(chunks()).isEqualTo(before);
	}

	@Test
	void returns429WhileTooManyImportsWait() {
		List<String> waiting = List.of("a", "b", "c")
			.stream()
			.map((title) -> body(upload("", CSV, "title\n" + title)).path("id").asString())
			.toList();
		long before = chunks();
		ResponseSpec refused = upload("", CSV, FILE).expectStatus().isEqualTo(429);
		refused.expectHeader().exists(HttpHeaders.RETRY_AFTER);
		assertThat(body(refused).path("type").asString()).endsWith("too-many-imports");
		assertThat(chunks()).isEqualTo(before);
		waiting.forEach(ImportControllerTests::end);
		upload("", CSV, FILE).expectStatus().isAccepted();
	}

	@Test
	void keepsNothingOfAnUploadThatBreaksOff() throws IOException {
		long before = chunks();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(),
				service.getEnvironment().getRequiredProperty("local.server.port", Integer.class))) {
			socket.getOutputStream()
				.write(("POST /products/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
						+ Identity.HEADER + ": " + this.anna + "\r\nContent-Length: 1000000\r\n\r\n"
						+ "x".repeat(600_000))
					.getBytes(StandardCharsets.ISO_8859_1));
			await().atMost(Duration.ofSeconds(30)).until(() -> chunks() > before);
			socket.setSoLinger(true, 0);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> chunks() == before);
		JsonNode jobs = body(client.get().uri("/products/jobs").header(Identity.HEADER, this.anna).exchange());
		assertThat(jobs.path("items")).isEmpty();
	}

	@Test
	void startsNoMailWithoutAMailServer() {
		assertThat(service.getBeansOfType(JavaMailSender.class)).isEmpty();
		assertThat(service.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("jobMail"));
		assertThat(Map.copyOf(service.getBeansOfType(Object.class)).keySet()).doesNotContain("mailHealthContributor");
	}

}
