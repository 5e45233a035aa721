package dev.agora.system;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/*A member follows a job, and an operator manages it. */
class JobsJourney {

	private static final String JOBS = "/api/v1/products/jobs";

	private static final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(gateway, "Ann");

	@Test
	void aMemberStreamsAJobUntilItEnds() {
		String job = submit(200);
		String events = this.ann.get(JOBS + "/" + job + "/events", "Accept", "text/event-stream")
			.expect(200)
			.body()
			.asString();
		assertThat(events).contains("event:job").endsWith("\n\n");
		assertThat(lastOf(events)).contains("\"state\":\"SUCCEEDED\"");
		String last = events.lines().filter((line) -> line.startsWith("id:")).reduce("", (one, next) -> next);
		this.ann
			.get(JOBS + "/" + job + "/events", "Accept", "text/event-stream", "Last-Event-ID",
					last.substring(3).strip())
			.expect(204);
	}

	@Test
	void aMemberPollsListsAndCancelsJobs() {
		List<String> jobs = IntStream.range(0, 4).mapToObj((each) -> submit(4000)).toList();
		this.ann.send("DELETE", JOBS + "/" + jobs.get(3), null).expect(200);
		Response cancelled = this.ann.get(JOBS + "/" + jobs.get(3)).expect(200);
		assertThat(cancelled.text("state")).isIn("CANCELLED", "SUCCEEDED");
		this.ann.get(JOBS + "/" + jobs.get(3), "If-None-Match", cancelled.header("ETag")).expect(304);
		assertThat(this.ann.allPages(JOBS, "id")).containsAll(jobs);
		assertThat(this.ann.get(JOBS + "?state=FAILED").expect(200).body().path("items")).isEmpty();
		Member bob = Member.register(gateway, "Bob");
		bob.get(JOBS + "/" + jobs.get(0)).expect(404);
		jobs.forEach(this::awaitEnd);
	}

	@Test
	void anOperatorListsShowsAndCancelsJobs() {
		assumeTrue(TestSystem.isOwn(), "The command needs the launcher of the system.");
		String job = submit(10);
		assertThat(TestSystem.agora("jobs", "list", "--owner", this.ann.id())).contains(job, this.ann.id());
		assertThat(TestSystem.agora("jobs", "show", job)).contains("\"owner\"", "\"attempts\"");
		awaitEnd(job);
		assertThat(TestSystem.agora("jobs", "cancel", job)).contains("is SUCCEEDED");
		assertThat(TestSystem.agora("jobs", "list", "--owner", this.ann.id(), "--state", "RUNNING"))
			.contains("There are no such jobs.");
	}

	@Test
	void aJobIsAcceptedWithoutABrokerAndRunsWhenThereIsOne() {
		assumeTrue(TestSystem.isOwn(), "It stops the broker.");
		TestSystem.agora("stop", "kafka");
		String job;
		try {
			job = submit(10);
			assertThat(this.ann.get(JOBS + "/" + job).expect(200).text("state")).isEqualTo("QUEUED");
		}
		finally {
			TestSystem.agora("start", "kafka");
		}
		assertThat(awaitEnd(job)).isEqualTo("SUCCEEDED");
	}

	private static String lastOf(String events) {
		return events.lines().filter((line) -> line.startsWith("data:")).reduce("", (one, next) -> next);
	}

	private String awaitEnd(String job) {
		return Await.value("the job has ended", Await.SOON, () -> {
			JsonNode body = this.ann.get(JOBS + "/" + job).expect(200).body();
			String state = body.path("state").asString();
			return List.of("QUEUED", "RUNNING").contains(state) ? null : state;
		});
	}

	/** Imports products, and returns the id of the job. */
	private String submit(int products) {
		String file = IntStream.range(0, products)
			.mapToObj((number) -> "%s %d,books,9.90,EUR,1".formatted(UUID.randomUUID(), number))
			.collect(Collectors.joining("\n", "title,category,price,currency,stock\n", "\n"));
		return this.ann.send("POST", "/api/v1/products/imports", file, "Content-Type", "text/csv")
			.expect(202)
			.text("id");
	}

}
