package dev.agora.platform.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

class JobsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final AdjustableClock clock = new AdjustableClock();

	private final DocumentStore store = mongo.store();

	private final TestJobs testJobs = new TestJobs(this.store, this.clock, Map.of("agora.jobs.max-open", "3"));

	private final Jobs jobs = this.testJobs.jobs();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void aSubmittedJobIsQueuedAndPublished() {
		Stored<Job> job = this.testJobs.submit("ada");
		assertThat(job.value().state()).isEqualTo(JobState.QUEUED);
		assertThat(job.value().parameters()).isEqualTo("{\"to\":3}");
		assertThat(this.store.outboxes().get(0).topic()).isEqualTo("test.jobs.v1");
		assertThat(TestMongoServer.events(this.store, job.id())).containsExactly("job.queued");
	}

	@Test
	void aRepeatedRequestFindsItsJobEvenIfNoMoreMayBeSubmitted() {
		Optional<Idempotency> key = Idempotency.of("k", "jobs ada", "body");
		Stored<Job> first = submit(key);
		this.testJobs.submit("ada");
		this.testJobs.submit("ada");
		assertThat(submit(key).id()).isEqualTo(first.id());
		StepVerifier
			.create(this.jobs.submit(TestJobs.KIND, "ada", Map.of(), Idempotency.of("k", "jobs ada", "other body")))
			.verifyError(InvalidRequest.class);
	}

	@Test
	void refusesMoreOpenJobsOfOneOwnerThanAllowedAndAcceptsThoseOfOthers() {
		List<Stored<Job>> three = List.of(this.testJobs.submit("ada"), this.testJobs.submit("ada"),
				this.testJobs.submit("ada"));
		StepVerifier.create(this.jobs.submit(TestJobs.KIND, "ada", Map.of(), Optional.empty()))
			.verifyError(TooManyRequests.class);
		this.testJobs.submit("bob");
		this.jobs.cancel(three.get(0).id()).block();
		this.testJobs.submit("ada");
	}

	@Test
	void onlyOneOfTwoRunsClaimsAJob() {
		Stored<Job> job = this.testJobs.submit("ada");
		Stored<Job> first = claim(job, "run-1");
		Stored<Job> second = claim(job, "run-2");
		assertThat(first.value().isHeldBy("run-1")).isTrue();
		assertThat(second.value().isHeldBy("run-2")).isFalse();
		assertThat(second.value().isHeldBy("run-1")).isTrue();
	}

	@Test
	void progressIsStoredWithoutAnEvent() {
		Stored<Job> job = claim(this.testJobs.submit("ada"), "run-1");
		Stored<Job> reported = change(job,
				(current) -> current.report("run-1", new JobReport(new JobProgress(5, 10L), "\"row 5\"")));
		assertThat(reported.version()).isEqualTo(job.version() + 1);
		assertThat(reported.value().progress()).isEqualTo(new JobProgress(5, 10L));
		assertThat(reported.value().checkpoint()).isEqualTo("\"row 5\"");
		assertThat(TestMongoServer.events(this.store, job.id())).containsExactly("job.queued");
	}

	@Test
	void anEventIsTakenOutOfTheOutboxAfterChangesWithoutEvents() {
		Stored<Job> job = claim(this.testJobs.submit("ada"), "run-1");
		this.store.outboxes().get(0).clear(List.of(Map.entry(job.id(), 1L))).block();
		assertThat(this.store.outboxes().get(0).backlog().block()).isZero();
	}

	@Test
	void aCancelledJobStaysCancelledWhenItsRunEnds() {
		Stored<Job> job = claim(this.testJobs.submit("ada"), "run-1");
		this.jobs.cancel(job.id()).block();
		Stored<Job> after = change(job, (current) -> current.succeed("run-1", "{}", this.jobs.retention()));
		assertThat(after.value().state()).isEqualTo(JobState.CANCELLED);
		assertThat(TestMongoServer.events(this.store, job.id())).containsExactly("job.queued", "job.ended");
	}

	@Test
	void anEndedJobIsFoundForSevenDays() {
		Stored<Job> job = claim(this.testJobs.submit("ada"), "run-1");
		change(job, (current) -> current.succeed("run-1", "{\"rows\":3}", this.jobs.retention()));
		this.clock.advance(Duration.ofDays(7).minusSeconds(1));
		assertThat(this.jobs.find(job.id()).block()).isNotNull();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.jobs.find(job.id()).block()).isNull();
		assertThat(list("ada")).isEmpty();
	}

	@Test
	void anEndedJobIsRemovedAfterSevenDays() {
		MongoDatabase database = mongo.database("expired");
		DocumentStore expiring = new DocumentStore(database, JsonMapper.shared(), this.clock);
		TestJobs others = new TestJobs(expiring, this.clock, Map.of());
		others.jobs().cancel(others.submit("ada").id()).block();
		Stored<Job> waiting = others.submit("ada");
		Mono<List<String>> ids = Flux.from(database.getCollection("jobs").distinct("_id", String.class)).collectList();
		this.clock.advance(Duration.ofDays(7).minusSeconds(1));
		expiring.purgeExpired().block();
		assertThat(ids.block()).hasSize(2);
		this.clock.advance(Duration.ofMinutes(2));
		expiring.purgeExpired().block();
		assertThat(ids.block()).containsExactly(waiting.id());
	}

	@Test
	void listsTheJobsOfOneOwnerTheNewestFirst() {
		Stored<Job> first = this.testJobs.submit("ada");
		this.testJobs.submit("bob");
		Stored<Job> second = this.testJobs.submit("ada");
		assertThat(list("ada")).containsExactly(second.id(), first.id());
	}

	@Test
	void readsSeveralJobsWithoutTheirCheckpoints() {
		Stored<Job> job = claim(this.testJobs.submit("ada"), "run-1");
		change(job, (current) -> current.report("run-1", new JobReport(JobProgress.NONE, "\"row 5\"")));
		assertThat(this.jobs.running().collectList().block()).singleElement()
			.satisfies((running) -> assertThat(running.value().checkpoint()).isNull());
		assertThat(this.jobs.findAll(List.of(job.id())).collectList().block()).singleElement()
			.satisfies((found) -> assertThat(found.value().checkpoint()).isNull());
		assertThat(Objects.requireNonNull(this.jobs.find(job.id()).block()).value().checkpoint()).isNotNull();
	}

	@Test
	void aJobThatCannotBeDecodedHarmsNoOther() {
		MongoDatabase database = mongo.database("unreadable");
		TestJobs others = new TestJobs(new DocumentStore(database, JsonMapper.shared(), this.clock), this.clock,
				Map.of());
		Stored<Job> unreadable = others.submit("ada");
		Stored<Job> job = others.submit("ada");
		Mono.from(database.getCollection("jobs")
			.updateOne(Filters.eq(unreadable.id()), Updates.set("value.attempts", "many"))).block();
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(Objects.requireNonNull(others.jobs().oldestQueued().block()).id()).isEqualTo(job.id());
		assertThat(Objects.requireNonNull(others.jobs().nextOf(List.of("ada"), List.of(TestJobs.KIND)).block()).id())
			.isEqualTo(job.id());
		assertThat(others.jobs().findAll(List.of(unreadable.id(), job.id())).map(Stored::id).collectList().block())
			.containsExactly(job.id());
	}

	private List<String> list(String owner) {
		return Objects.requireNonNull(this.jobs.list(new JobQuery(owner, null), new PageRequest(20, null)).block())
			.items()
			.stream()
			.map(Stored::id)
			.toList();
	}

	private Stored<Job> submit(Optional<Idempotency> key) {
		return Objects.requireNonNull(this.jobs.submit(TestJobs.KIND, "ada", Map.of(), key).block());
	}

	private Stored<Job> claim(Stored<Job> job, String run) {
		return change(job, (current) -> current.claim(run, this.clock.instant()));
	}

	private Stored<Job> change(Stored<Job> job, Function<Job, Change<Job>> decision) {
		return Objects.requireNonNull(this.jobs.change(job.id(), (current) -> decision.apply(current.value())).block());
	}

}
