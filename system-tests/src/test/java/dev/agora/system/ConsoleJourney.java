package dev.agora.system;

import java.io.IOException;
import java.net.URI;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The console shows what runs, and breaks and repairs it. */
class ConsoleJourney {

	private static final String INSTANCE = "graph-service-1";

	private ConsoleClient console;

	@BeforeAll
	static void ownSystemOnly() {
		assumeTrue(TestSystem.isOwn(), "It stops processes, so it needs a system that the tests have started.");
		TestSystem.awaitReady();
	}

	@BeforeEach
	void open() throws IOException, InterruptedException {
		this.console = new ConsoleClient(URI.create(TestSystem.state().path("consoleUrl").asString()));
	}

	@AfterEach
	void close() throws IOException {
		this.console.close();
	}

	@Test
	void aKilledInstanceIsDownAndReadyAfterItsStart() throws Exception {
		awaitState(INSTANCE, "READY");
		assertThat(this.console.act("kill", INSTANCE)).isEqualTo(202);
		awaitState(INSTANCE, "DOWN");
		assertThat(this.console.act("start", INSTANCE)).isEqualTo(202);
		awaitState(INSTANCE, "READY");
		Await.until("the log has both", Await.SOON, () -> this.console.logged(INSTANCE + " is killed", "DONE")
				&& this.console.logged(INSTANCE + " is started", "DONE"));
	}

	@Test
	void aPausedInstanceIsUnresponsiveUntilItIsResumed() throws Exception {
		awaitState(INSTANCE, "READY");
		assertThat(this.console.act("pause", INSTANCE)).isEqualTo(202);
		Await.until("it is shown", Await.SOON, () -> !this.console.stateOf(INSTANCE).equals("READY"));
		assertThat(this.console.act("resume", INSTANCE)).isEqualTo(202);
		awaitState(INSTANCE, "READY");
	}

	@Test
	void anAddedInstanceServesAndIsRemoved() throws Exception {
		assertThat(this.console.act("clone", "graph-service")).isEqualTo(202);
		awaitState("graph-service-2", "READY");
		Member member = Member.register(TestSystem.gateway(), "Gil");
		Await.until("it gets requests", Await.SOON, () -> {
			member.get("/api/v1/graph/members/" + member.id());
			return this.console.rateOf("graph-service-2") > 0;
		});
		assertThat(this.console.act("remove", "graph-service-2")).isEqualTo(202);
		Await.until("it is gone", Await.SOON, () -> this.console.stateOf("graph-service-2").isEmpty());
	}

	@Test
	void anActionThatCannotBeDoneSaysWhy() throws Exception {
		assertThat(this.console.act("kill", "no-such-process")).isEqualTo(202);
		Await.until("the log has it", Await.SOON, () -> this.console.logged("no-such-process is killed", "FAILED"));
	}

	@Test
	void topicsHaveTheLagOfTheirGroups() {
		Await.until("the topics are there", Await.SOON,
				() -> this.console.view()
					.path("topics")
					.valueStream()
					.anyMatch((topic) -> topic.path("name").asString("").equals("feed.activities.v1")
							&& topic.path("groups").findValuesAsString("id").contains("feed.timelines")));
	}

	private void awaitState(String instance, String state) {
		Await.until(instance + " is " + state, Await.SOON, () -> this.console.stateOf(instance).equals(state));
	}

}
