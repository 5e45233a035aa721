package dev.agora.session.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.SharedContext;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.session.SessionApplication;
import dev.agora.session.SessionTargets;
import dev.agora.session.member.MemberEvent;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The whole service without Redis and Kafka, and the requests of its members. */
final class TestAccounts implements AutoCloseable {

	static final String PASSWORD = "a password to know";

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestCallers callers;

	private final ConfigurableApplicationContext service;

	private final WebTestClient client;

	private final WebTestClient management;

	/** Creates the accounts that test classes share. */
	TestAccounts() throws IOException, JOSEException {
		this(Files.createTempDirectory("session-service"));
	}

	TestAccounts(Path directory) throws IOException, JOSEException {
		this.callers = TestCallers.of("session-service");
		Path signing = Files.writeString(directory.resolve("signing.jwk"),
				new ECKeyGenerator(Curve.P_256).keyID("signing").generate().toJSONString());
		this.service = SharedContext.start(SessionApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + this.mongo.uri(), "--agora.identity.jwks=" + this.callers.jwks(directory),
				"--agora.identity.signing-key=" + signing, "--session.password.memory=64KB",
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s",
				// The services share their settings, and mails are those of another one.
				"--spring.mail.host=127.0.0.1", "--logging.config=classpath:logback-test.xml",
				"--logging.level.org.apache.kafka=OFF");
		this.client = client("local.server.port");
		this.management = client("local.management.port");
	}

	private WebTestClient client(String port) {
		return WholeResponses.client("http://127.0.0.1:" + this.service.getEnvironment().getRequiredProperty(port));
	}

	@Override
	public void close() {
		this.service.close();
		this.mongo.commands().requireTargeted(SessionTargets.EXCEPTIONS);
		this.mongo.commands()
			.requireIndexed(Map.of("find members by value.handle", "the migration of older members runs once"));
		this.mongo.close();
	}

	<T> T bean(Class<T> type) {
		return this.service.getBean(type);
	}

	<T> Collection<T> beans(Class<T> type) {
		return this.service.getBeansOfType(type).values();
	}

	/**
	 * Delivers an event of a member. The listener applies it to the sessions, and fails
	 * since it cannot evict the cached member from Redis.
	 */
	void deliver(String memberId, long version, MemberEvent event) {
		Mono<Void> applied = bean(MemberListener.class)
			.apply(TestEvents.received(memberId, version, Instant.EPOCH, event));
		assertThatExceptionOfType(Unavailable.class).isThrownBy(applied::block);
	}

	WebTestClient client() {
		return this.client;
	}

	WebTestClient management() {
		return this.management;
	}

	/** Registers a member with a new handle. */
	Account register() {
		String handle = "m_" + Long.toString(System.nanoTime(), 36);
		return new Account(this, handle, text(register(handle).expectStatus().isCreated(), "id"));
	}

	ResponseSpec register(String handle) {
		return post("/members", Map.of("handle", handle, "name", "Ada", "password", PASSWORD));
	}

	/** Registers a member with an idempotency key, which is the same each time. */
	ResponseSpec registerWithKey(String handle, String name, String password) {
		return this.client.post()
			.uri("/members")
			.header(Idempotency.HEADER, "key")
			.bodyValue(Map.of("handle", handle, "name", name, "password", password))
			.exchange();
	}

	ResponseSpec logIn(String handle, String password) {
		return post("/sessions", Map.of("handle", handle, "password", password));
	}

	ResponseSpec identify(String token) {
		return post("/internal/identities", Map.of("token", token, "audience", "feed-service"));
	}

	private ResponseSpec post(String path, Map<String, String> body) {
		return this.client.post().uri(path).bodyValue(body).exchange();
	}

	/** A text field of a response. */
	static String text(ResponseSpec response, String field) {
		JsonNode body = response.expectBody(JsonNode.class).returnResult().getResponseBody();
		return (body != null) ? body.path(field).asString() : "";
	}

	static String claims(String jwt) throws ParseException {
		return SignedJWT.parse(jwt).getPayload().toString();
	}

	static void assertRefused(ResponseSpec response, int status, String field) {
		response.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.errors.length()")
			.isEqualTo(1)
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	/** A registered member, who sends requests. */
	record Account(TestAccounts accounts, String handle, String id) {

		/** Another member with the same handle. */
		Account withId(String other) {
			return new Account(this.accounts, this.handle, other);
		}

		ResponseSpec logIn() {
			return this.accounts.logIn(this.handle, PASSWORD);
		}

		ResponseSpec get(String path) {
			return this.accounts.client.get().uri(path).header(Identity.HEADER, identity()).exchange();
		}

		ResponseSpec rename(@Nullable String ifMatch, String body) {
			return rename("application/json", ifMatch, body);
		}

		ResponseSpec rename(String type, @Nullable String ifMatch, String body) {
			return this.accounts.client.patch()
				.uri("/members/me")
				.headers((headers) -> addTo(headers, ifMatch))
				.header("Content-Type", type)
				.bodyValue(body)
				.exchange();
		}

		ResponseSpec delete(@Nullable String ifMatch) {
			return this.accounts.client.delete()
				.uri("/members/me")
				.headers((headers) -> addTo(headers, ifMatch))
				.exchange();
		}

		ResponseSpec endSession(String session) {
			return this.accounts.client.delete()
				.uri("/sessions/" + session)
				.header(Identity.HEADER, identity())
				.exchange();
		}

		private void addTo(HttpHeaders headers, @Nullable String ifMatch) {
			headers.set(Identity.HEADER, identity());
			if (ifMatch != null) {
				headers.set(IfMatch.HEADER, ifMatch);
			}
		}

		private String identity() {
			return this.accounts.callers.identity(this.id, this.handle);
		}

	}

}
