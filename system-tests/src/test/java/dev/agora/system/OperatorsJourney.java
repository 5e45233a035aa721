package dev.agora.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A member becomes an operator by the management port, and by nothing that a client
 * sends.
 */
class OperatorsJourney {

	private static final String IMPORTS = "/api/v1/members/imports";

	private static final String[] NDJSON = { "Content-Type", "application/x-ndjson" };

	private final Member ann = Member.register(TestSystem.gateway(), "Ann");

	@BeforeEach
	void requireLauncher() {
		assumeTrue(TestSystem.isOwn(), "The command needs the launcher of the system.");
	}

	@Test
	void aGrantAndARevocationReachTheOpenSession() {
		Member elsewhere = this.ann.logIn();
		upload(elsewhere).expect(403);
		assertThat(TestSystem.agora("operators", "grant", this.ann.handle())).contains("is an operator.");
		awaitStatus(elsewhere, 400);
		assertThat(TestSystem.agora("operators")).contains(this.ann.handle(), this.ann.id());
		long revoked = System.nanoTime();
		assertThat(TestSystem.agora("operators", "revoke", this.ann.handle())).contains("is no operator.");
		awaitStatus(elsewhere, 403);
		System.out.printf("From the start of ./agora operators revoke to the refusal: %d ms%n",
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - revoked));
		assertThat(upload(this.ann).expect(403).text("type")).contains("operator-required");
		assertThat(TestSystem.agora("operators", "list")).doesNotContain(this.ann.handle());
	}

	@Test
	void aRevocationReachesTheOpenSessionWithoutRedis() throws IOException {
		TestSystem.agora("operators", "grant", this.ann.handle());
		awaitStatus(this.ann, 400);
		List<String> servers = RedisServers.masters().stream().map(TestSystem::name).toList();
		servers.forEach((server) -> TestSystem.agora("stop", server));
		try {
			TestSystem.agora("operators", "revoke", this.ann.handle());
			awaitStatus(this.ann, 403);
		}
		finally {
			servers.forEach((server) -> TestSystem.agora("start", server));
		}
		Await.until("Redis is used again", Await.SOON, () -> upload(this.ann).status() == 403);
		upload(this.ann).expect(403);
	}

	@Test
	void nothingThatAClientSendsMakesAnOperator() {
		String claims = "{\"iss\":\"session-service\",\"aud\":\"session-service\",\"sub\":\"" + this.ann.id()
				+ "\",\"handle\":\"ann\",\"name\":\"Ann\",\"ver\":1,\"sid\":\"s\",\"op\":true,\"iat\":1,\"exp\":4000000000}";
		String unsigned = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encode(claims) + ".";
		for (String[] forged : List.of(new String[] { "X-Agora-Identity", unsigned },
				new String[] { "X-Agora-Operator", "true" }, new String[] { "Cookie", "op=true" })) {
			Response response = this.ann.send("POST", IMPORTS, "", join(forged));
			assertThat(response.status()).as(String.join(" ", forged)).isIn(400, 403);
			assertThat(response.text("type")).as(String.join(" ", forged)).doesNotContain("invalid-request");
		}
		this.ann.send("POST", IMPORTS + "?op=true", "", NDJSON).expect(403);
		upload(this.ann).expect(403);
		TestSystem.gateway().send("POST", IMPORTS, "", NDJSON).expect(401);
	}

	@Test
	void theCommandNamesWhatIsWrong() {
		assertThatIllegalStateException().isThrownBy(() -> TestSystem.agora("operators", "grant", "nobody_at_all"))
			.withMessageContaining("There is no member with the handle nobody_at_all");
		assertThatIllegalStateException().isThrownBy(() -> TestSystem.agora("operators", "grant"))
			.withMessageContaining("give the handle of a member");
		this.ann.send("DELETE", "/api/v1/members/me", null).expect(204);
		assertThatIllegalStateException().isThrownBy(() -> TestSystem.agora("operators", "grant", this.ann.handle()))
			.withMessageContaining("There is no member with the handle " + this.ann.handle());
	}

	/** An empty file is refused with 400 from an operator, and with 403 from others. */
	private static Response upload(Member member) {
		return member.send("POST", IMPORTS, "", NDJSON);
	}

	private static void awaitStatus(Member member, int status) {
		Await.until("the response is " + status, Await.SOON, () -> upload(member).status() == status);
	}

	private static String[] join(String[] headers) {
		return Stream.of(NDJSON, headers).flatMap(Stream::of).toArray(String[]::new);
	}

	private static String encode(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

}
