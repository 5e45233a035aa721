package dev.agora.session.imports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.Stored;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.testing.SharedContext;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.session.SessionApplication;
import dev.agora.session.member.Members;
import dev.agora.session.password.TestHashes;

/** The whole service without Redis and Kafka, and the operators who import members. */
final class TestMemberImports implements AutoCloseable {

	static final String PASSWORD = "a password to know";

	private static final JsonMapper json = new JsonMapper();

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestCallers callers = TestCallers.of("session-service");

	private final ConfigurableApplicationContext service;

	private final WebTestClient client;

	private final String hash = new TestHashes().hash(PASSWORD);

	private int operators;

	TestMemberImports() throws IOException, JOSEException {
		Path directory = Files.createTempDirectory("session-service");
		Path signing = Files.writeString(directory.resolve("signing.jwk"),
				new ECKeyGenerator(Curve.P_256).keyID("signing").generate().toJSONString());
		this.service = SharedContext.start(SessionApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(), "--agora.identity.jwks=" + this.callers.jwks(directory),
				"--agora.identity.signing-key=" + signing, "--session.password.memory=64KB",
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--agora.imports.max-upload=1MB",
				"--agora.imports.max-waiting=200", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		String port = this.service.getEnvironment().getRequiredProperty("local.server.port");
		this.client = WholeResponses.client("http://127.0.0.1:" + port);
	}

	@Override
	public void close() {
		this.service.close();
		this.mongo.close();
	}

	/** Registers an operator, whose members have handles with a prefix of their own. */
	Operator newOperator() {
		String prefix = "t" + ++this.operators + "_";
		String handle = prefix + "operator";
		String id = body(register(handle).expectStatus().isCreated()).path("id").asString();
		bean(Members.class).grantOperator(id).block();
		return new Operator(this, prefix, id, this.callers.operator(id, handle));
	}

	<T> T bean(Class<T> type) {
		return this.service.getBean(type);
	}

	TestMongoServer mongo() {
		return this.mongo;
	}

	WebTestClient client() {
		return this.client;
	}

	/** A hash of the password that {@link Operator#logIn} sends. */
	String hash() {
		return this.hash;
	}

	/** The identity of a member who is no operator. */
	String member(String id) {
		return this.callers.identity(id, "someone");
	}

	/** Runs a job as its worker does. */
	JsonNode run(String jobId) {
		return json.valueToTree(Objects.requireNonNull(handle(jobId).block()));
	}

	Mono<?> handle(String jobId) {
		Stored<Job> job = Objects.requireNonNull(bean(Jobs.class).find(jobId).block());
		return bean(MemberImportHandler.class).run(new JobRun(job, bean(JsonMapper.class)));
	}

	ResponseSpec upload(String identity, String file) {
		return this.client.post()
			.uri("/members/imports")
			.header(Identity.HEADER, identity)
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(file.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

	BsonDocument stored(String id) {
		return find(Filters.eq(id)).get(0);
	}

	String storedHash(String id) {
		return stored(id).getDocument("value").getString("passwordHash").getValue();
	}

	private List<BsonDocument> find(Bson filter) {
		return Objects.requireNonNull(
				Flux.from(bean(MongoDatabase.class).getCollection("members", BsonDocument.class).find(filter))
					.collectList()
					.block());
	}

	private ResponseSpec register(String handle) {
		return this.client.post()
			.uri("/members")
			.bodyValue(Map.of("handle", handle, "name", "Ada", "password", PASSWORD))
			.exchange();
	}

	static JsonNode body(ResponseSpec response) {
		return json
			.readTree(Objects.requireNonNull(response.expectBody(String.class).returnResult().getResponseBody()));
	}

	/** The line and the field of an error. */
	static String toText(JsonNode error) {
		return error.path("line").asInt() + " " + error.path("field").asString();
	}

	/** An operator, who imports members. */
	record Operator(TestMemberImports imports, String prefix, String id, String identity) {

		JsonNode importFile(String file) {
			return this.imports.run(submit(file));
		}

		/** Uploads a file; returns the id of the job. */
		String submit(String file) {
			return body(this.imports.upload(this.identity, file).expectStatus().isAccepted()).path("id").asString();
		}

		ResponseSpec register(String handle) {
			return this.imports.register(this.prefix + handle);
		}

		ResponseSpec logIn(String handle) {
			return this.imports.client.post()
				.uri("/sessions")
				.bodyValue(Map.of("handle", this.prefix + handle, "password", PASSWORD))
				.exchange();
		}

		ResponseSpec show(String handle) {
			return this.imports.client.get().uri("/members?handle=" + this.prefix + handle).exchange();
		}

		List<BsonDocument> handlesOf(String beginning) {
			return this.imports.find(Filters.regex("value.handle", "^" + this.prefix + beginning));
		}

		String lines(int count) {
			return IntStream.rangeClosed(1, count)
				.mapToObj((i) -> line("n" + i, "Name " + i, null))
				.collect(Collectors.joining("\n"));
		}

		String line(String handle, String name, @Nullable String passwordHash) {
			Map<String, String> fields = new LinkedHashMap<>(Map.of("handle", this.prefix + handle, "name", name));
			if (passwordHash != null) {
				fields.put("passwordHash", passwordHash);
			}
			return json.writeValueAsString(fields);
		}

	}

}
