package dev.agora.session.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.WholeResponses;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.IfMatch;
import dev.agora.session.SessionApplication;
import dev.agora.session.SessionTargets;
import dev.agora.session.member.MemberEvent;
import dev.agora.session.member.Members;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole service without Redis and Kafka, which it has to do without. */
class AccountControllerTests {

	private static final String PASSWORD = "a password to know";

	private static final TestMongoServer mongo = new TestMongoServer();

	private static TestCallers callers;

	private static ConfigurableApplicationContext service;

	private static WebTestClient client;

	private String handle = "";

	private String id = "";

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		callers = TestCallers.of("session-service");
		Path signing = Files.writeString(directory.resolve("signing.jwk"),
				new ECKeyGenerator(Curve.P_256).keyID("signing").generate().toJSONString());
		service = SpringApplication.run(SessionApplication.class, "--server.port=0", "--management.server.port=0",
				"--agora.mongodb.uri=" + mongo.uri(), "--agora.identity.jwks=" + callers.jwks(directory),
				"--agora.identity.signing-key=" + signing, "--session.password.memory=64KB",
				"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
				"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s",
				"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF");
		String port = service.getEnvironment().getRequiredProperty("local.server.port");
		client = WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).filter(new WholeResponses()).build();
	}

	@AfterAll
	static void stop() {
		service.close();
		mongo.commands().requireTargeted(SessionTargets.EXCEPTIONS);
		mongo.close();
	}

	@BeforeEach
	void registerMember() {
		this.handle = "m_" + Long.toString(System.nanoTime(), 36);
		this.id = text(register(this.handle).expectStatus().isCreated(), "id");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/merge-patch+json" })
	void returnsTheNewNameAndItsVersion(String type) {
		String etag = etag(get("/members/me"));
		rename(type, etag, "{\"name\": \"Ada Lovelace\"}").expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"2\"")
			.expectBody()
			.jsonPath("$.name")
			.isEqualTo("Ada Lovelace")
			.jsonPath("$.handle")
			.isEqualTo(this.handle);
		assertThat(text(get("/members/" + this.id), "name")).isEqualTo("Ada Lovelace");
	}

	@Test
	void keepsTheVersionWhenTheNameIsTheSame() {
		rename("\"1\"", "{\"name\": \"Ada\"}").expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"");
	}

	@Test
	void publishesAChangeOfSessionsOnlyForANewName() {
		logIn().expectStatus().isCreated();
		double before = unpublished();
		rename("*", "{\"name\": \"Ada\"}").expectStatus().isOk();
		assertThat(unpublished()).isEqualTo(before);
		rename("*", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		assertThat(unpublished()).isEqualTo(before + 1);
	}

	@Test
	void returns429WhenTheNameIsChangedTooOften() {
		for (int i = 0; i < 10; i++) {
			rename("*", "{\"name\": \"Ada " + i + "\"}").expectStatus().isOk();
		}
		rename("*", "{\"name\": \"Ada L.\"}").expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.value(HttpHeaders.RETRY_AFTER, (wait) -> assertThat(Integer.parseInt(wait)).isBetween(3500, 3600))
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:renamed-too-often");
		rename("*", "{\"name\": \"Ada 9\"}").expectStatus().isOk();
	}

	@Test
	void requiresTheCurrentVersionInIfMatch() {
		refuses(rename(null, "{\"name\": \"Ada L.\"}"), 428, "If-Match");
		refuses(rename("1", "{\"name\": \"Ada L.\"}"), 400, "If-Match");
		rename("\"1\"", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		refuses(rename("\"1\"", "{\"name\": \"Ada M.\"}"), 412, "If-Match");
		assertThat(text(get("/members/me"), "name")).isEqualTo("Ada L.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"name": ""}                     | name
			{"name": "  "}                   | name
			{"name": "a\\u0000"}             | name
			{"name": "a\\nb"}                | name
			{"name": "\\ud83d"}              | name
			{"name": null}                   | name
			{"name": 7}                      | name
			{}                               | name
			{"name": "Ada", "handle": "eve"} | handle
			{"name": "Ada", "password": "x"} | password
			{"name":                         | body
			[]                               | body
			""")
	void namesTheInvalidField(String body, String field) {
		refuses(rename("\"1\"", body), 400, field);
		assertThat(text(get("/members/me"), "name")).isEqualTo("Ada");
	}

	@Test
	void acceptsANameOfAtMost100Characters() {
		refuses(rename("\"1\"", "{\"name\": \"" + "x".repeat(101) + "\"}"), 400, "name");
		rename("\"1\"", "{\"name\": \"" + "x".repeat(100) + "\"}").expectStatus().isOk();
	}

	@Test
	void returns415ForOtherContentTypes() {
		rename("text/plain", "\"1\"", "{\"name\": \"Ada L.\"}").expectStatus().isEqualTo(415);
		rename("application/json-patch+json", "\"1\"", "[]").expectStatus().isEqualTo(415);
	}

	@Test
	void returns401WithoutASession() {
		client.patch()
			.uri("/members/me")
			.header("Content-Type", "application/json")
			.bodyValue("{}")
			.exchange()
			.expectStatus()
			.isUnauthorized();
		client.delete().uri("/members/me").exchange().expectStatus().isUnauthorized();
	}

	@Test
	void aDeletedMemberIsNotFoundAndCannotLogIn() {
		logIn().expectStatus().isCreated();
		delete(null).expectStatus().isNoContent().expectHeader().value(HttpHeaders.SET_COOKIE, (cookie) -> {
			assertThat(cookie).startsWith("__Host-agora=;").contains("Max-Age=0");
		});
		for (String path : List.of("/members/" + this.id, "/members/me", "/members?handle=" + this.handle)) {
			get(path).expectStatus().isNotFound();
		}
		logIn().expectStatus().isUnauthorized();
		register(this.handle).expectStatus()
			.isEqualTo(409)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:handle-taken");
		delete(null).expectStatus().isNoContent();
		rename("\"1\"", "{\"name\": \"Back\"}").expectStatus().isNotFound();
	}

	@Test
	void aRepeatedRegistrationRevealsNothingAboutThePassword() {
		String other = "n_" + Long.toString(System.nanoTime(), 36);
		Map<String, String> body = Map.of("handle", other, "name", "Eve", "password", PASSWORD);
		Map<String, String> guess = Map.of("handle", other, "name", "Eve", "password", "another password");
		String first = text(registerWithKey(body).expectStatus().isCreated(), "id");
		assertThat(text(registerWithKey(body).expectStatus().isCreated(), "id")).isEqualTo(first);
		assertThat(text(registerWithKey(guess).expectStatus().isCreated(), "id")).isEqualTo(first);
		post("/sessions", Map.of("handle", other, "password", "another password")).expectStatus().isUnauthorized();
		post("/sessions", Map.of("handle", other, "password", PASSWORD)).expectStatus().isCreated();
		registerWithKey(Map.of("handle", other, "name", "Eva", "password", PASSWORD)).expectStatus().isEqualTo(422);
	}

	@Test
	void theSameIdempotencyKeyRegistersTwoHandles() {
		String id = text(registerWithKey(Map.of("handle", "o_" + this.handle, "name", "Eve", "password", PASSWORD)),
				"id");
		assertThat(
				text(registerWithKey(Map.of("handle", "p_" + this.handle, "name", "Eve", "password", PASSWORD)), "id"))
			.isNotEmpty()
			.isNotEqualTo(id);
	}

	@Test
	void endingASessionAgainReturnsTheSameResponse() {
		String session = text(logIn(), "id");
		for (int i = 0; i < 2; i++) {
			end(session, this.id).expectStatus().isNoContent();
		}
		end(session, "0000000000001").expectStatus().isNotFound();
		end("0000000000001", this.id).expectStatus().isNotFound();
	}

	@Test
	void endsTheSessionsOfADeletedMember() {
		String token = text(logIn(), "token");
		identify(token).expectStatus().isOk();
		delete("\"1\"").expectStatus().isNoContent();
		identify(token).expectStatus().isNotFound();
	}

	@Test
	void returns412WhenADeletionNamesAnotherVersion() {
		refuses(delete("\"9\""), 412, "If-Match");
		get("/members/me").expectStatus().isOk();
	}

	@Test
	void theNextIdentityHasTheNewName() throws ParseException {
		String token = text(logIn(), "token");
		rename("\"1\"", "{\"name\": \"Ada L.\"}").expectStatus().isOk();
		assertThat(claims(text(identify(token), "identity"))).contains("\"name\":\"Ada L.\"", "\"ver\":2");
	}

	@Test
	void theListenerCompletesWhatADeadWriterLeftUndone() throws ParseException {
		String token = text(logIn(), "token");
		Members members = service.getBean(Members.class);
		MemberListener listener = service.getBean(MemberListener.class);
		members.rename(this.id, IfMatch.parse("*").orElseThrow(), "Ada L.").block();
		ReceivedEvent<MemberEvent> renamed = received(2, new MemberEvent.Renamed(this.handle, "Ada L."));
		listener.apply(renamed).block();
		listener.apply(renamed).block();
		assertThat(claims(text(identify(token), "identity"))).contains("\"name\":\"Ada L.\"");
		members.delete(this.id, Optional.empty()).block();
		listener.apply(renamed).block();
		identify(token).expectStatus().isNotFound();
		listener.apply(received(3, new MemberEvent.Deleted(this.handle))).block();
		identify(token).expectStatus().isNotFound();
	}

	/** The queue that grows by each publication while Redis is unavailable. */
	private static double unpublished() {
		return service.getBean(MeterRegistry.class).get("session.revocations.untold").gauge().value();
	}

	private ReceivedEvent<MemberEvent> received(long version, MemberEvent event) {
		return new ReceivedEvent<>(this.id, version, Instant.EPOCH, event);
	}

	private static String claims(String jwt) throws ParseException {
		return SignedJWT.parse(jwt).getPayload().toString();
	}

	private static ResponseSpec register(String handle) {
		return post("/members", Map.of("handle", handle, "name", "Ada", "password", PASSWORD));
	}

	private static ResponseSpec registerWithKey(Map<String, String> body) {
		return client.post().uri("/members").header(Idempotency.HEADER, "key").bodyValue(body).exchange();
	}

	private ResponseSpec end(String session, String memberId) {
		return client.delete()
			.uri("/sessions/" + session)
			.header(Identity.HEADER, callers.identity(memberId, this.handle))
			.exchange();
	}

	private ResponseSpec logIn() {
		return post("/sessions", Map.of("handle", this.handle, "password", PASSWORD));
	}

	private static ResponseSpec identify(String token) {
		return post("/internal/identities", Map.of("token", token, "audience", "feed-service"));
	}

	private static ResponseSpec post(String path, Map<String, String> body) {
		return client.post().uri(path).bodyValue(body).exchange();
	}

	private ResponseSpec get(String path) {
		return client.get().uri(path).header(Identity.HEADER, identity()).exchange();
	}

	private ResponseSpec rename(@Nullable String ifMatch, String body) {
		return rename("application/json", ifMatch, body);
	}

	private ResponseSpec rename(String type, @Nullable String ifMatch, String body) {
		return client.patch()
			.uri("/members/me")
			.headers((headers) -> addTo(headers, ifMatch))
			.header("Content-Type", type)
			.bodyValue(body)
			.exchange();
	}

	private ResponseSpec delete(@Nullable String ifMatch) {
		return client.delete().uri("/members/me").headers((headers) -> addTo(headers, ifMatch)).exchange();
	}

	private void addTo(HttpHeaders headers, @Nullable String ifMatch) {
		headers.set(Identity.HEADER, identity());
		if (ifMatch != null) {
			headers.set(IfMatch.HEADER, ifMatch);
		}
	}

	private String identity() {
		return callers.identity(this.id, this.handle);
	}

	private static void refuses(ResponseSpec response, int status, String field) {
		response.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.errors.length()")
			.isEqualTo(1)
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	private static String etag(ResponseSpec response) {
		return String.valueOf(response.returnResult(Void.class).getResponseHeaders().getETag());
	}

	private static String text(ResponseSpec response, String field) {
		JsonNode body = response.expectBody(JsonNode.class).returnResult().getResponseBody();
		return (body != null) ? body.path(field).asString() : "";
	}

}
