package dev.agora.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.testing.WholeResponses;

/** The whole service without workers, while Redis and Kafka are unavailable. */
public final class TestGraphService implements AutoCloseable {

	private final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final TestCallers callers = TestCallers.of("graph-service");

	private final ConfigurableApplicationContext context;

	private final WebTestClient client;

	private int handles;

	public TestGraphService(Path directory, String... settings) throws IOException, JOSEException {
		Stream<String> defaults = Stream.of("--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(), "--agora.identity.jwks=" + this.callers.jwks(directory),
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s", "--agora.drain.delay=0s",
				"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF");
		this.context = SpringApplication.run(GraphApplication.class,
				Stream.concat(defaults, Arrays.stream(settings)).toArray(String[]::new));
		this.client = WholeResponses
			.client("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	public <T> T part(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Returns all components of a type. */
	public <T> Collection<T> parts(Class<T> type) {
		return this.context.getBeansOfType(type).values();
	}

	/** Creates a member whose handle begins with a name. */
	public MemberCard member(String name) {
		MemberCard card = new MemberCard(this.ids.next(), name + "_" + ++this.handles, name);
		TestProjections.upsertMember(part(DocumentStore.class), card, 1).block();
		return card;
	}

	public void delete(MemberCard member) {
		TestProjections.deleteMember(part(DocumentStore.class), member.id(), 2).block();
	}

	/** Makes two members follow each other. */
	public void befriend(MemberCard one, MemberCard other) {
		call(HttpMethod.PUT, "/graph/following/" + other.id(), one).expectStatus().isNoContent();
		call(HttpMethod.PUT, "/graph/following/" + one.id(), other).expectStatus().isNoContent();
	}

	public ResponseSpec call(HttpMethod method, String path, MemberCard caller) {
		return this.client.method(method)
			.uri(path)
			.header(Identity.HEADER, this.callers.identity(caller.id(), caller.handle()))
			.exchange();
	}

	/** Returns the header with the identity of an operator. */
	public String operator(MemberCard caller) {
		return this.callers.operator(caller.id(), caller.handle());
	}

	/** Returns the header with the identity of a member. */
	public String identity(MemberCard caller) {
		return this.callers.identity(caller.id(), caller.handle());
	}

	public WebTestClient client() {
		return this.client;
	}

	public TestMongoServer mongo() {
		return this.mongo;
	}

	public static JsonNode body(ResponseSpec response) {
		return JsonMapper.shared()
			.readTree(Objects.requireNonNull(response.expectBody(String.class).returnResult().getResponseBody()));
	}

	@Override
	public void close() {
		this.context.close();
		this.mongo.close();
	}

}
