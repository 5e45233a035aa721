package dev.agora.system;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** An operator imports follows from a list of edges, through the gateway and a worker. */
class ImportGraphJourney {

	private static final String IMPORTS = "/api/v1/graph/imports";

	private static final String JOBS = "/api/v1/graph/jobs";

	/** The lines between two follows; each names a member who does not exist. */
	private static final int BAD_LINES = 2000;

	private static final Duration BOUND = Await.SOON.multipliedBy(4);

	private final Gateway gateway = TestSystem.gateway();

	private final Member operator = Member.register(this.gateway, "Operator");

	private final List<Member> members = Stream.generate(() -> Member.register(this.gateway, "Member"))
		.limit(6)
		.toList();

	@BeforeAll
	static void ownSystemOnly() {
		assumeTrue(TestSystem.isOwn(), "Only the launcher of the system can make a member an operator.");
	}

	@BeforeEach
	void grant() {
		TestSystem.agora("operators", "grant", this.operator.handle());
		Await.until("the operator may import", Await.SOON,
				() -> this.operator.send("POST", IMPORTS, "# nothing", "Content-Type", "text/plain").status() == 202);
		this.members.forEach((member) -> Await.until("the graph knows the member", Await.SOON,
				() -> this.operator.get("/api/v1/graph/members/" + member.id()).status() == 200));
	}

	@Test
	void importsFollowsOnceAndOnlyForOperators() {
		String file = this.members.stream()
			.flatMap((one) -> this.members.stream().filter((other) -> one != other).map((other) -> line(one, other)))
			.collect(Collectors.joining("", "# friends\n\n", ""));
		this.members.get(0).send("POST", IMPORTS, file, "Content-Type", "text/plain").expect(403);
		assertThat(awaitEnd(upload(file)).at("/result/created").asInt()).isEqualTo(30);
		JsonNode second = awaitEnd(upload(file));
		assertThat(second.at("/result/created").asInt()).as(second.toString()).isZero();
		assertThat(second.at("/result/unchanged").asInt()).as(second.toString()).isEqualTo(30);
		assertThat(this.members.get(0).allPages("/api/v1/graph/members/" + this.members.get(0).id() + "/friends", "id"))
			.containsExactlyInAnyOrderElementsOf(this.members.stream().skip(1).map(Member::id).toList());
	}

	@Test
	void theOperatorFollowsListsAndCancelsTheJob() {
		String job = upload("oops\n".repeat(100));
		assertThat(this.operator.get(JOBS + "/" + job + "/events", "Accept", "text/event-stream")
			.expect(200)
			.body()
			.asString()).contains("event:job", "\"state\":\"SUCCEEDED\"", "\"failed\":100");
		assertThat(this.operator.allPages(JOBS, "id")).contains(job);
		assertThat(this.operator.send("DELETE", JOBS + "/" + job, null).expect(200).text("state"))
			.isEqualTo("SUCCEEDED");
		this.members.get(0).get(JOBS + "/" + job).expect(404);
		assertThat(TestSystem.agora("jobs", "show", job)).contains("import-follows", this.operator.id());
	}

	@Test
	void resumesAHalfDoneImportAfterItsWorkerWasKilled() {
		String bad = IntStream.range(0, BAD_LINES)
			.mapToObj((number) -> this.members.get(0).handle() + " nobody_" + number + "\n")
			.collect(Collectors.joining());
		String file = this.members.stream()
			.flatMap((one) -> this.members.stream().filter((other) -> one != other).map((other) -> line(one, other)))
			.collect(Collectors.joining(bad, "", bad));
		String job = upload(file);
		Await.until("the import has begun", Await.SOON, () -> show(job).at("/progress/done").asInt() > BAD_LINES);
		TestSystem.agora("kill", "graph-service");
		TestSystem.agora("start", "graph-service");
		JsonNode result = awaitEnd(job).path("result");
		assertThat(result.path("failed").asInt()).as(result.toString()).isEqualTo(30 * BAD_LINES);
		assertThat(result.path("created").asInt() + result.path("unchanged").asInt()).isEqualTo(30);
		assertThat(result.path("errors")).hasSize(1000);
		this.members.forEach((member) -> assertThat(
				this.operator.get("/api/v1/graph/members/" + member.id()).expect(200).body().path("friends").asInt())
			.isEqualTo(5));
	}

	private static String line(Member follower, Member followee) {
		return follower.handle() + " " + followee.handle() + "\n";
	}

	private String upload(String file) {
		return this.operator.send("POST", IMPORTS, file, "Content-Type", "text/plain").expect(202).text("id");
	}

	private JsonNode awaitEnd(String job) {
		return Await.value("the import has ended", BOUND, () -> {
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
