package dev.agora.session.login;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.session.SessionApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole service without Kafka. */
@SpringBootTest(classes = SessionApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "session.password.threads=1", "session.password.queue=64", "management.server.port=0",
				"agora.kafka.bootstrap-servers=127.0.0.1:1", "spring.main.cloud-platform=kubernetes" })
@AutoConfigureWebTestClient
class LoginControllerTests {

	private static final String PASSWORD = "a password to know";

	private static final AtomicInteger count = new AtomicInteger();

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	@Autowired
	private WebTestClient client;

	@LocalServerPort
	private int port;

	private String handle = "";

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) throws IOException, JOSEException {
		ECKey key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
		Path directory = Files.createTempDirectory("keys");
		Path signing = Files.writeString(directory.resolve("signing-key.json"), key.toJSONString());
		Path jwks = Files.writeString(directory.resolve("jwks.json"), new JWKSet(key).toString(true));
		registry.add("agora.mongodb.uri", mongo::uri);
		registry.add("agora.redis.address", redis::address);
		registry.add("agora.identity.signing-key", signing::toString);
		registry.add("agora.identity.jwks", jwks::toString);
	}

	@BeforeEach
	void register() {
		this.handle = "ada_" + count.incrementAndGet();
		// Passwords that another test queued may still be hashed.
		Awaitility.await()
			.untilAsserted(() -> this.client.post()
				.uri("/members")
				.bodyValue(member(this.handle))
				.exchange()
				.expectStatus()
				.isCreated());
	}

	@Test
	void listsTheAddressesOfSessions() {
		String token = token(logIn(PASSWORD, "2001:db8:0:0:0:0:0:7"));
		logIn(PASSWORD, "203.0.113.7, 198.51.100.1");
		this.client.get()
			.uri("/sessions")
			.header(Identity.HEADER, identity(token))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items[0].address")
			.isEmpty()
			.jsonPath("$.items[1].address")
			.isEqualTo("2001:db8::7")
			.jsonPath("$.items[1].current")
			.isEqualTo(true);
	}

	/** Inside Kubernetes Spring Boot would read these headers and reject them. */
	@Test
	void ignoresForwardedHeadersInAPod() {
		this.client.get()
			.uri("/members?handle=" + this.handle)
			.header("Forwarded", "for=203.0.113.7:none;host=evil.example:none")
			.header("X-Forwarded-For", "203.0.113.7:none")
			.header("X-Forwarded-Host", "evil.example")
			.header("X-Forwarded-Port", "none")
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void returnsTheMemberOfAnIdentity() {
		JsonNode login = json(logIn(PASSWORD, "203.0.113.7"));
		this.client.post()
			.uri("/internal/identities")
			.bodyValue(Map.of("token", login.path("token").asString(), "audience", "feed-service"))
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.memberId")
			.isEqualTo(login.at("/member/id").asString())
			.jsonPath("$.expiresAt")
			.isNotEmpty();
	}

	@Test
	void returns429WithRetryAfterAfterTenFailures() {
		for (int i = 0; i < 10; i++) {
			assertThat(logIn("another password", "203.0.113.66").getStatus()).isEqualTo(HttpStatus.UNAUTHORIZED);
		}
		EntityExchangeResult<byte[]> refused = logIn(PASSWORD, "203.0.113.66");
		assertThat(refused.getStatus()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
		assertThat(refused.getResponseHeaders().getFirst("Retry-After")).matches("8[0-9]{2}|900");
		assertThat(json(refused).path("type").asString()).isEqualTo("urn:agora:problem:too-many-attempts");
		assertThat(logIn(PASSWORD, "203.0.113.67").getStatus()).isEqualTo(HttpStatus.CREATED);
	}

	@Test
	void returnsTheSameProblemForAWrongPasswordAndAnUnknownHandle() {
		JsonNode wrong = json(logIn("another password", "203.0.113.7"));
		this.handle = "nobody_" + this.handle;
		JsonNode unknown = json(logIn("another password", "203.0.113.7"));
		assertThat(unknown.path("detail")).isEqualTo(wrong.path("detail"));
		assertThat(unknown.path("type")).isEqualTo(wrong.path("type"));
		assertThat(unknown.path("status")).isEqualTo(wrong.path("status"));
	}

	@ParameterizedTest
	@CsvSource({ "mañana mañana,man\u0303ana man\u0303ana", "man\u0303ana man\u0303ana,mañana\u00a0mañana",
			"a password to know,a\u3000password\u2003to\u00a0know", "가각간갇갈갉갊감갑값,\u1100\u1161각간갇갈갉갊감갑값" })
	void acceptsAPasswordTypedOnAnotherKeyboard(String registered, String typed) {
		this.handle += "_k" + count.incrementAndGet();
		this.client.post()
			.uri("/members")
			.bodyValue(Map.of("handle", this.handle, "name", "Ada", "password", registered))
			.exchange()
			.expectStatus()
			.isCreated();
		assertThat(logIn(typed, "203.0.113.7").getStatus()).isEqualTo(HttpStatus.CREATED);
		assertThat(logIn(registered, "203.0.113.7").getStatus()).isEqualTo(HttpStatus.CREATED);
		assertThat(logIn(typed.toUpperCase(Locale.ROOT) + "!", "203.0.113.7").getStatus())
			.isEqualTo(HttpStatus.UNAUTHORIZED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ab", "Ada", "a%20b", "ada%0F", "%E2%80%AEada", "%EF%BB%BFada", "" })
	void returns400ForAnInvalidHandle(String handle) {
		this.client.get()
			.uri(URI.create("http://127.0.0.1:" + this.port + "/members?handle=" + handle))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("handle");
	}

	/**
	 * The flood has more passwords than can be hashed by their deadlines, though the
	 * queue has room for them.
	 */
	@Test
	void servesOtherRequestsWhileTooManyPasswordsAreSent() {
		AtomicInteger refused = new AtomicInteger();
		AtomicBoolean retry = new AtomicBoolean();
		AtomicBoolean going = new AtomicBoolean(true);
		Mono<Void> flood = Flux.range(0, Integer.MAX_VALUE)
			.takeWhile((i) -> going.get())
			.flatMap((i) -> flooded("flood_" + i, (response) -> {
				if (response.statusCode() == HttpStatus.SERVICE_UNAVAILABLE) {
					refused.incrementAndGet();
					retry.set(!response.headers().header("Retry-After").isEmpty());
				}
			}), 64)
			.then()
			.cache();
		flood.subscribe();
		try {
			Awaitility.await("a password is refused").until(() -> refused.get() > 0);
			int before = refused.get();
			this.client.get().uri("/members?handle=" + this.handle).exchange().expectStatus().isOk();
			Awaitility.await("another password is refused").until(() -> refused.get() > before);
			assertThat(retry).isTrue();
		}
		finally {
			going.set(false);
			// The buffers of an aborted response would be left to the garbage collector.
			flood.block(Duration.ofMinutes(1));
		}
	}

	private Mono<Void> flooded(String name, Consumer<ClientResponse> seen) {
		return WebClient.create("http://127.0.0.1:" + this.port)
			.post()
			.uri("/members")
			.header("X-Request-Timeout", "1500")
			.bodyValue(member(name))
			.exchangeToMono((response) -> {
				seen.accept(response);
				return response.releaseBody();
			});
	}

	private EntityExchangeResult<byte[]> logIn(String password, String from) {
		return this.client.post()
			.uri("/sessions")
			.header("X-Forwarded-For", from)
			.bodyValue(Map.of("handle", this.handle, "password", password))
			.exchange()
			.expectBody()
			.returnResult();
	}

	private String identity(String token) {
		return json(this.client.post()
			.uri("/internal/identities")
			.bodyValue(Map.of("token", token, "audience", "session-service"))
			.exchange()
			.expectBody()
			.returnResult()).path("identity").asString();
	}

	private static String token(EntityExchangeResult<byte[]> login) {
		return json(login).path("token").asString();
	}

	private static JsonNode json(EntityExchangeResult<byte[]> response) {
		return JsonMapper.shared().readTree(response.getResponseBodyContent());
	}

	private static Map<String, String> member(String handle) {
		return Map.of("handle", handle, "name", "Ada", "password", PASSWORD);
	}

}
