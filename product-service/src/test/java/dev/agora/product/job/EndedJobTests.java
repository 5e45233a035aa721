package dev.agora.product.job;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.http.MediaType;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.worker.TestWorker;
import dev.agora.platform.member.MemberListener;
import dev.agora.platform.member.TestMemberEvents;
import dev.agora.platform.testing.Shared;
import dev.agora.product.StartedProductService;

import static org.assertj.core.api.Assertions.assertThat;

/** Ends jobs that wait or run. The import of all rows would take several seconds. */
@ExtendWith(Shared.class)
class EndedJobTests {

	private static final int ROWS = 30_000;

	private static final String WORKER = "a worker finds due jobs in all shards, by an index";

	private static final String DELETED = "the deletion of a member finds what they created, by an index";

	private static StartedProductService service;

	private final String ada = new IdGenerator(Clock.systemUTC()).next();

	@BeforeAll
	static void share(StartedProductService shared) {
		service = shared.begin();
	}

	@AfterAll
	static void check() {
		service.check(Map.of("find jobs by removedAt, value.kind, value.notBefore, value.owner, value.state", WORKER,
				"find jobs by removedAt, value.state", WORKER, "find jobs by $or, removedAt, value.owner", DELETED,
				"find jobs by $or, removedAt, value.owner, value.state", "a submission lists the waiting imports",
				"aggregate jobs by value.owner, value.state", "a submission counts the open jobs",
				"find products by removedAt, value.seller.id, value.seller.version", DELETED,
				"find reviews by removedAt, value.author.id, value.author.version", DELETED));
	}

	@Test
	void theJobsOfADeletedMemberAreCancelled() {
		String job = submit(this.ada);
		String other = submit(new IdGenerator(Clock.systemUTC()).next());
		deleteAda();
		assertThat(find(job).state()).isEqualTo(JobState.CANCELLED);
		assertThat(find(other).state()).isEqualTo(JobState.QUEUED);
		service.bean(Jobs.class).cancel(other).block();
	}

	@Test
	void theWorkerStopsWhenItsJobIsCancelled() throws Exception {
		String job = upload();
		assertThatWorkerStops(job,
				() -> service.client()
					.delete()
					.uri("/products/jobs/" + job)
					.header(Identity.HEADER, service.identity(this.ada, "ada"))
					.exchange()
					.expectStatus()
					.isOk());
	}

	@Test
	void theWorkerStopsWhenTheOwnerIsDeleted() throws Exception {
		assertThatWorkerStops(upload(), this::deleteAda);
	}

	private void deleteAda() {
		TestMemberEvents.deliverDeletion(service.bean(MemberListener.class), this.ada);
	}

	private static void assertThatWorkerStops(String job, Runnable end) throws Exception {
		CompletableFuture<Long> stopped = TestWorker.startNext(service.context()).thenApply((run) -> System.nanoTime());
		Awaitility.await("rows are imported")
			.atMost(Duration.ofSeconds(60))
			.until(() -> find(job).progress().done() > 0);
		long ended = System.nanoTime();
		end.run();
		System.out.printf("The worker stopped %d ms after the request%n",
				(stopped.get(60, TimeUnit.SECONDS) - ended) / 1_000_000);
		assertThat(find(job).state()).isEqualTo(JobState.CANCELLED);
		assertThat(find(job).progress().done()).isLessThan(ROWS);
	}

	private static String submit(String member) {
		return Objects
			.requireNonNull(
					service.bean(Jobs.class).submit("import-products", member, Map.of(), Optional.empty()).block())
			.id();
	}

	private String upload() {
		String file = IntStream.range(0, ROWS).mapToObj((row) -> "Lamp " + row).collect(Collectors.joining("\n"));
		return StartedProductService.idOf(service.client()
			.post()
			.uri("/products/imports")
			.header(Identity.HEADER, service.identity(this.ada, "ada"))
			.contentType(MediaType.parseMediaType("text/csv"))
			.bodyValue("title\n" + file)
			.exchange());
	}

	private static Job find(String id) {
		return Objects.requireNonNull(service.bean(Jobs.class).find(id).block()).value();
	}

}
