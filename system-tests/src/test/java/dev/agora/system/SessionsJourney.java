package dev.agora.system;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Members list their sessions and end them. */
class SessionsJourney {

	private static final String SESSIONS = "/api/v1/sessions";

	private static final String PASSWORD = "a password to know";

	private static final Gateway gateway = TestSystem.gateway();

	private String handle = "";

	private Response phone;

	private Response laptop;

	@BeforeEach
	void logInTwice() {
		this.handle = "two_" + Long.toString(System.nanoTime(), 36);
		gateway
			.sendUntilAnswered("POST", "/api/v1/members",
					Map.of("handle", this.handle, "name", "Two", "password", PASSWORD), "Idempotency-Key", this.handle)
			.expect(201);
		this.phone = logIn("phone");
		this.laptop = logIn("laptop");
	}

	@Test
	void listsTheSessionsNewestFirst() {
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
	void continuesAfterTheLastItemOfThePage() {
		Response first = list(this.phone, "?limit=1");
		assertThat(first.text("next")).isEqualTo(this.laptop.text("id"));
		Response last = list(this.phone, "?limit=1&cursor=" + first.text("next"));
		assertThat(last.body().at("/items/0/id").asString()).isEqualTo(this.phone.text("id"));
		assertThat(last.body().path("next").isNull()).isTrue();
	}

	@Test
	void returns401ForASessionThatAnotherSessionHasEnded() {
		// The gateway caches the identity.
		list(this.laptop, "");
		list(this.laptop, "");
		end("/" + this.laptop.text("id"), this.phone).expect(204);
		awaitRefusal(this.laptop);
		assertThat(list(this.phone, "").body().path("items").size()).isEqualTo(1);
		// A repeated request gets the same response.
		end("/" + this.laptop.text("id"), this.phone).expect(204);
	}

	@Test
	void clearsTheCookieOfASessionThatEndsItself() {
		Response ended = end("/" + this.phone.text("id"), this.phone).expect(204);
		assertThat(ended.header("Set-Cookie")).startsWith("__Host-agora=;").contains("Max-Age=0");
		awaitRefusal(this.phone);
		list(this.laptop, "");
	}

	@Test
	void returns401ForAllSessionsAfterAllWereEnded() {
		list(this.laptop, "");
		Response ended = end("", this.phone).expect(204);
		assertThat(ended.header("Set-Cookie")).startsWith("__Host-agora=;").contains("Max-Age=0");
		awaitRefusal(this.phone);
		awaitRefusal(this.laptop);
	}

	@Test
	void returns404ForTheSessionOfAnotherMember() {
		Member other = Member.register(gateway, "Other");
		other.send("DELETE", SESSIONS + "/" + this.phone.text("id"), null).expect(404);
		other.send("DELETE", SESSIONS + "/0000000000000", null).expect(404);
		other.send("DELETE", SESSIONS + "/none", null).expect(404);
		assertThat(other.allPages(SESSIONS, "id")).hasSize(1);
		assertThat(list(this.phone, "").body().path("items").size()).isEqualTo(2);
	}

	@Test
	void returns429AfterTenFailedLogInsOfOneHandle() {
		Map<String, String> guess = Map.of("handle", this.handle, "password", "not the password");
		for (int i = 0; i < 10; i++) {
			gateway.post(SESSIONS, guess).expect(401);
		}
		Response refused = gateway.post(SESSIONS, guess).expect(429);
		assertThat(refused.text("type")).isEqualTo("urn:agora:problem:too-many-attempts");
		assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
		list(this.phone, "");
		Member.register(gateway, "Neighbour").get(SESSIONS).expect(200);
	}

	@ParameterizedTest
	@CsvSource({ "GET,''", "DELETE,''", "DELETE,/current", "DELETE,/0000000000000" })
	void returns401WithoutASession(String method, String path) {
		gateway.send(method, SESSIONS + path, null).expect(401);
	}

	private Response logIn(String device) {
		return gateway
			.sendUntilAnswered("POST", SESSIONS, Map.of("handle", this.handle, "password", PASSWORD, "device", device))
			.expect(201);
	}

	private static Response list(Response session, String query) {
		return gateway.get(SESSIONS + query, authorization(session)).expect(200);
	}

	private static Response end(String path, Response session) {
		return gateway.delete(SESSIONS + path, authorization(session));
	}

	/** Waits without a goal; {@link RevocationJourney} measures the time. */
	private static void awaitRefusal(Response session) {
		Await.until("the ended session is refused", Await.SOON,
				() -> gateway.get(SESSIONS, authorization(session)).status() == 401);
	}

	private static String[] authorization(Response session) {
		return new String[] { "Authorization", "Bearer " + session.text("token") };
	}

}
