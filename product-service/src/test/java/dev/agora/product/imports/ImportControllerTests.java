package dev.agora.product.imports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
import dev.agora.platform.testing.Shared;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.web.Idempotency;
import dev.agora.product.StartedProductService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Uploads files with products. */
@ExtendWith(Shared.class)
class ImportControllerTests {

	private static final String FILE = "key,title\na,Lamp\nb,Chair\n";

	private static final MediaType CSV = MediaType.parseMediaType("text/csv");

	private static final JsonMapper json = new JsonMapper();

	private static StartedProductService service;

	private static int members;

	/** A member of this test. */
	private final String anna = caller();

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of("find jobs by $or, removedAt, value.owner", "a list queries all shards, by an index",
				"find jobs by $or, removedAt, value.owner, value.state", "a list queries all shards, by an index",
				"aggregate jobs by value.owner, value.state", "a submission counts the open jobs of its owner",
				"aggregate uploads by nothing", StartedProductService.COUNT));
	}

	@Test
	void returns202WithAJobThatImportsTheFile() {
		long before = service.count("uploads");
		ResponseSpec response = upload("", CSV, FILE).expectStatus().isAccepted();
		JsonNode job = body(response);
		response.expectHeader().valueEquals(HttpHeaders.LOCATION, "/api/v1/products/jobs/" + job.path("id").asString());
		assertThat(job.path("state").asString()).isEqualTo("QUEUED");
		assertThat(job.path("kind").asString()).isEqualTo("import-products");
		assertThat(run(job.path("id").asString()).path("created").asInt()).isEqualTo(2);
		assertThat(run(body(upload("", CSV, FILE)).path("id").asString()).path("unchanged").asInt()).isEqualTo(2);
		assertThat(service.count("uploads")).isEqualTo(before + 2);
		end(job.path("id").asString());
		assertThat(service.count("uploads")).isEqualTo(before + 1);
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
		long before = service.count("uploads");
		JsonNode first = body(upload("", CSV, FILE, Idempotency.HEADER, "k").expectStatus().isAccepted());
		JsonNode second = body(upload("", CSV, FILE, Idempotency.HEADER, "k").expectStatus().isAccepted());
		assertThat(second.path("id")).isEqualTo(first.path("id"));
		upload("", CSV, FILE + "c,Table\n", Idempotency.HEADER, "k").expectStatus().isEqualTo(422);
		upload("?default.stock=1", CSV, FILE, Idempotency.HEADER, "k").expectStatus().isEqualTo(422);
		assertThat(service.count("uploads")).isEqualTo(before + 1);
	}

	@ParameterizedTest
	@CsvSource({ "application/json, '', 415", "text/plain, '', 415", "multipart/form-data;boundary=x, '', 415",
			"text/csv;charset=iso-8859-1, '', 415", "text/csv, gzip, 415", "text/csv;charset=utf-8, identity, 202",
			"text/csv;header=present, '', 202" })
	void returns415ForAnotherFormat(String type, String encoding, int status) {
		long before = service.count("uploads");
		String[] headers = encoding.isEmpty() ? new String[0] : new String[] { HttpHeaders.CONTENT_ENCODING, encoding };
		upload("", MediaType.parseMediaType(type), FILE, headers).expectStatus().isEqualTo(status);
		assertThat(service.count("uploads")).isEqualTo((status == 202) ? before + 1 : before);
	}

	@Test
	void returns400AndStoresNothingForAMalformedRequest() {
		long before = service.count("uploads");
		assertThat(
				body(upload("?titel=name", CSV, FILE).expectStatus().isBadRequest()).at("/errors/0/field").asString())
			.isEqualTo("titel");
		upload("?title=name", MediaType.APPLICATION_NDJSON, FILE).expectStatus().isBadRequest();
		upload("", CSV, "").expectStatus().isBadRequest();
		upload("", CSV, FILE, Idempotency.HEADER, "a b").expectStatus().isBadRequest();
		service.client()
			.post()
			.uri("/products/imports")
			.header(Identity.HEADER, this.anna)
			.contentType(CSV)
			.bodyValue(new byte[] { 'a', (byte) 0xE9, '\n' })
			.exchange()
			.expectStatus()
			.isBadRequest();
		service.client()
			.post()
			.uri("/products/imports")
			.contentType(CSV)
			.bodyValue("x")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		assertThat(service.count("uploads")).isEqualTo(before);
	}

	@Test
	void returns413ForALongerFile() {
		long before = service.count("uploads");
		upload("", CSV, "x".repeat((1 << 20) + 1)).expectStatus().isEqualTo(413);
		Flux<DataBuffer> chunked = Flux.range(0, 9)
			.map((i) -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[1 << 17]));
		service.client()
			.post()
			.uri("/products/imports")
			.header(Identity.HEADER, this.anna)
			.contentType(CSV)
			.body(chunked, DataBuffer.class)
			.exchange()
			.expectStatus()
			.isEqualTo(413);
		assertThat(service.count("uploads")).isEqualTo(before);
	}

	@Test
	void returns429WhileTooManyImportsWait() {
		List<String> waiting = List.of("a", "b", "c")
			.stream()
			.map((title) -> body(upload("", CSV, "title\n" + title, Idempotency.HEADER, title)).path("id").asString())
			.toList();
		long before = service.count("uploads");
		ResponseSpec refused = upload("", CSV, FILE, Idempotency.HEADER, "new").expectStatus().isEqualTo(429);
		refused.expectHeader().exists(HttpHeaders.RETRY_AFTER);
		assertThat(body(refused).path("type").asString()).endsWith("too-many-imports");
		assertThat(body(upload("", CSV, "title\nb", Idempotency.HEADER, "b").expectStatus().isAccepted()).path("id")
			.asString()).isEqualTo(waiting.get(1));
		upload("", CSV, FILE, Idempotency.HEADER, "b").expectStatus().isEqualTo(422);
		assertThat(service.count("uploads")).isEqualTo(before);
		waiting.forEach(ImportControllerTests::end);
		upload("", CSV, FILE).expectStatus().isAccepted();
	}

	@Test
	void keepsNothingOfAnUploadThatBreaksOff() throws IOException {
		long before = service.count("uploads");
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(),
				service.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class))) {
			socket.getOutputStream()
				.write(("POST /products/imports HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
						+ Identity.HEADER + ": " + this.anna + "\r\nContent-Length: 1000000\r\n\r\n"
						+ "x".repeat(600_000))
					.getBytes(StandardCharsets.ISO_8859_1));
			await().atMost(Duration.ofSeconds(30)).until(() -> service.count("uploads") > before);
			socket.setSoLinger(true, 0);
		}
		await().atMost(Duration.ofSeconds(30)).until(() -> service.count("uploads") == before);
		JsonNode jobs = body(
				service.client().get().uri("/products/jobs").header(Identity.HEADER, this.anna).exchange());
		assertThat(jobs.path("items")).isEmpty();
	}

	@Test
	void startsNoMailWithoutAMailServer() {
		assertThat(service.context().getBeansOfType(JavaMailSender.class)).isEmpty();
		assertThat(service.context().getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("jobMail"));
		assertThat(Map.copyOf(service.context().getBeansOfType(Object.class)).keySet())
			.doesNotContain("mailHealthContributor");
	}

	private static String caller() {
		return service.identity("0SAX0RSKMBG" + String.format("%02d", ++members), "anna" + members);
	}

	private ResponseSpec upload(String path, MediaType type, String file, String... headers) {
		WebTestClient.RequestBodySpec request = service.client()
			.post()
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

	private static JsonNode run(String jobId) {
		Stored<Job> job = Objects.requireNonNull(service.bean(Jobs.class).find(jobId).block());
		return json.valueToTree(Objects.requireNonNull(
				service.bean(ImportHandler.class).run(new JobRun(job, service.bean(JsonMapper.class))).block()));
	}

	private static void end(String jobId) {
		service.bean(Jobs.class).cancel(jobId).block();
		JobEvent ended = new JobEvent.Ended(ImportRequest.KIND, "", JobState.CANCELLED, Instant.now());
		service.bean(UploadListener.class).apply(TestEvents.received(jobId, 2, Instant.now(), ended)).block();
	}

}
