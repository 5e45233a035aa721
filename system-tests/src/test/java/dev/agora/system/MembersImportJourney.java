package dev.agora.system;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** An operator imports members, who are then known to every service. */
class MembersImportJourney {

	private static final String IMPORTS = "/api/v1/members/imports";

	private static final String JOBS = "/api/v1/members/jobs";

	/** The hash of {@code a long enough password}. */
	private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$YWdvcmEtZGVtby1zYWx0IQ$rRwWv8S+nxLXu9HMbdkfcsAHAz8XspG6vGbY/HG6Kco";

	private static final int LINES = 6000;

	private final Gateway gateway = TestSystem.gateway();

	private final Member operator = Member.register(this.gateway, "Op");

	private final String prefix = "i" + Long.toString(System.nanoTime(), 36).substring(3) + "_";

	@BeforeEach
	void grant() {
		assumeTrue(TestSystem.isOwn(), "The command needs the launcher of the system.");
		TestSystem.agora("operators", "grant", this.operator.handle());
		Await.until("the member is an operator", Await.SOON, () -> upload("").status() == 400);
	}

	@Test
	void importedMembersLogInAndAreFollowed() {
		JsonNode job = awaitEnd(upload("""
				{"handle": "%1$sada", "name": "Ada", "passwordHash": "%2$s"}
				{"handle": "%1$sbob", "name": "Bob"}
				{"handle": "%1$sBad", "name": "Bad"}
				""".formatted(this.prefix, HASH)).expect(202).text("id"));
		assertThat(job.at("/result/created").asInt()).as(job.toString()).isEqualTo(2);
		assertThat(job.at("/result/errors/0/line").asInt()).isEqualTo(3);
		String token = logIn("ada").expect(201).text("token");
		logIn("bob").expect(401);
		String bob = this.gateway.get("/api/v1/members?handle=" + this.prefix + "bob").expect(200).text("id");
		Await.until("graph-service knows the member", Await.SOON,
				() -> this.gateway.put("/api/v1/graph/following/" + bob, "Authorization", "Bearer " + token)
					.status() == 204);
	}

	@Test
	void resumesAfterItsWorkerWasKilledAndChangesNothingTheSecondTime() {
		String file = lines();
		String job = upload(file).expect(202).text("id");
		Await.until("the import has begun", Await.SOON, () -> show(job).at("/progress/done").asInt() > 0);
		TestSystem.agora("kill", "session-service");
		TestSystem.agora("start", "session-service");
		JsonNode ended = awaitEnd(job);
		assertThat(ended.at("/result/created").asInt()).as(ended.toString()).isEqualTo(LINES);
		JsonNode second = awaitEnd(Await.value("the file is accepted", Await.SOON, () -> accepted(upload(file))));
		assertThat(second.at("/result/unchanged").asInt()).as(second.toString()).isEqualTo(LINES);
	}

	private static @Nullable String accepted(Response response) {
		return (response.status() == 202) ? response.text("id") : null;
	}

	@Test
	void anOperatorListsStreamsAndCancelsImports() {
		String job = upload(lines()).expect(202).text("id");
		this.operator.send("DELETE", JOBS + "/" + job, null).expect(200);
		assertThat(this.operator.allPages(JOBS, "id")).contains(job);
		assertThat(this.operator.get(JOBS + "/" + job + "/events", "Accept", "text/event-stream")
			.expect(200)
			.body()
			.asString()).contains("event:job");
		Member.register(this.gateway, "Other").get(JOBS + "/" + job).expect(404);
		assertThat(awaitEnd(job).path("state").asString()).isIn("CANCELLED", "SUCCEEDED");
	}

	private String lines() {
		return IntStream.rangeClosed(1, LINES)
			.mapToObj((line) -> "{\"handle\":\"" + this.prefix + line + "\",\"name\":\"Name " + line + "\"}")
			.collect(Collectors.joining("\n"));
	}

	private Response upload(String file) {
		return this.operator.send("POST", IMPORTS, file, "Content-Type", "application/x-ndjson");
	}

	private Response logIn(String handle) {
		return this.gateway.sendUntilAnswered("POST", "/api/v1/sessions",
				Map.of("handle", this.prefix + handle, "password", "a long enough password"));
	}

	private JsonNode awaitEnd(String job) {
		return Await.value("the import has ended", Await.SOON.multipliedBy(4), () -> {
			JsonNode shown = show(job);
			return Set.of("QUEUED", "RUNNING").contains(shown.path("state").asString()) ? null : shown;
		});
	}

	private JsonNode show(String job) {
		return this.gateway.sendUntilAnswered("GET", JOBS + "/" + job, null, this.operator.authorization())
			.expect(200)
			.body();
	}

}
