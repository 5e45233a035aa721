package dev.agora.system;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Members see where they are logged in, and log themselves out there. */
class SessionsJourney {

	private static final String SESSIONS = "/api/v1/sessions";

	private static final String PASSWORD = "a password to know";

	private static final Gateway gateway = TestSystem.gateway();

	private String handle = "";

	private Answer phone;

	private Answer laptop;

	@BeforeEach
	void logInTwice() {
		this.handle = "two_" + Long.toString(System.nanoTime(), 36);
		gateway
			.insist("POST", "/api/v1/members", Map.of("handle", this.handle, "name", "Two", "password", PASSWORD),
					"Idempotency-Key", this.handle)
			.expect(201);
		this.phone = logIn("phone");
		this.laptop = logIn("laptop");
	}

	@Test
	void showsWhereIAmLoggedInTheNewestFirst() {
		List<JsonNode> items = list(this.phone, "").body().path("items").valueStream().toList();
		assertThat(items).extracting((item) -> item.path("id").asString())
			.containsExactly(this.laptop.text("id"), this.phone.text("id"));
		assertThat(items).extracting((item) -> item.path("device").asString()).containsExactly("laptop", "phone");
		assertThat(items).extracting((item) -> item.path("address").asString()).containsOnly("127.0.0.1");
		assertThat(items).extracting((item) -> item.path("current").asBoolean()).containsExactly(false, true);
		assertThat(items).allSatisfy((item) -> assertThat(item.propertyNames()).containsExactlyInAnyOrder("id",
				"device", "address", "createdAt", "seenAt", "expiresAt", "current"));
	}

	@Test
	void goesOnWhereTheLastPageEnded() {
		Answer first = list(this.phone, "?limit=1");
		assertThat(first.text("next")).isEqualTo(this.laptop.text("id"));
		Answer last = list(this.phone, "?limit=1&cursor=" + first.text("next"));
		assertThat(last.body().at("/items/0/id").asString()).isEqualTo(this.phone.text("id"));
		assertThat(last.body().path("next").isNull()).isTrue();
	}

	@Test
	void refusesASessionThatWasEndedElsewhere() {
		// So that the gateway knows it by heart.
		list(this.laptop, "");
		list(this.laptop, "");
		end("/" + this.laptop.text("id"), this.phone).expect(204);
		awaitRefusal(this.laptop);
		assertThat(list(this.phone, "").body().path("items").size()).isEqualTo(1);
		// A repeated request is answered as the first.
		end("/" + this.laptop.text("id"), this.phone).expect(204);
	}

	@Test
	void clearsTheCookieOfTheSessionThatEndsItself() {
		Answer ended = end("/" + this.phone.text("id"), this.phone).expect(204);
		assertThat(ended.header("Set-Cookie")).startsWith("__Host-agora=;").contains("Max-Age=0");
		awaitRefusal(this.phone);
		list(this.laptop, "");
	}

	@Test
	void refusesAllSessionsOnceAllWereEnded() {
		list(this.laptop, "");
		Answer ended = end("", this.phone).expect(204);
		assertThat(ended.header("Set-Cookie")).startsWith("__Host-agora=;").contains("Max-Age=0");
		awaitRefusal(this.phone);
		awaitRefusal(this.laptop);
	}

	@Test
	void endsNobodyElsesSession() {
		Member stranger = Member.joins(gateway, "Stranger");
		stranger.sends("DELETE", SESSIONS + "/" + this.phone.text("id"), null).expect(404);
		stranger.sends("DELETE", SESSIONS + "/0000000000000", null).expect(404);
		stranger.sends("DELETE", SESSIONS + "/none", null).expect(404);
		assertThat(stranger.allPages(SESSIONS, "id")).hasSize(1);
		assertThat(list(this.phone, "").body().path("items").size()).isEqualTo(2);
	}

	@Test
	void stopsWhoGuessesAndNobodyElse() {
		Map<String, String> guess = Map.of("handle", this.handle, "password", "not the password");
		for (int i = 0; i < 10; i++) {
			gateway.post(SESSIONS, guess).expect(401);
		}
		Answer refused = gateway.post(SESSIONS, guess).expect(429);
		assertThat(refused.text("type")).isEqualTo("urn:agora:problem:too-many-attempts");
		assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
		list(this.phone, "");
		Member.joins(gateway, "Neighbour").gets(SESSIONS).expect(200);
	}

	@ParameterizedTest
	@CsvSource({ "GET,''", "DELETE,''", "DELETE,/current", "DELETE,/0000000000000" })
	void asksForASession(String method, String path) {
		gateway.send(method, SESSIONS + path, null).expect(401);
	}

	private Answer logIn(String device) {
		return gateway.insist("POST", SESSIONS, Map.of("handle", this.handle, "password", PASSWORD, "device", device))
			.expect(201);
	}

	private static Answer list(Answer login, String query) {
		return gateway.get(SESSIONS + query, authorization(login)).expect(200);
	}

	private static Answer end(String path, Answer login) {
		return gateway.delete(SESSIONS + path, authorization(login));
	}

	/** A second is promised, and measured by {@link RevocationJourney}. */
	private static void awaitRefusal(Answer login) {
		Await.until("the ended session is refused", Await.SOON,
				() -> gateway.get(SESSIONS, authorization(login)).status() == 401);
	}

	private static String[] authorization(Answer login) {
		return new String[] { "Authorization", "Bearer " + login.text("token") };
	}

}
