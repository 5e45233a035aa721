package dev.agora.graph.suggestion.refresh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;

import dev.agora.graph.TestGraphService;
import dev.agora.graph.suggestion.SuggestionComputation;
import dev.agora.graph.suggestion.SuggestionSettings;
import dev.agora.graph.suggestion.store.Dismissals;
import dev.agora.graph.suggestion.store.StoredSuggestions;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.graph.suggestion.store.SuggestionRemoval;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;

import static org.assertj.core.api.Assertions.assertThat;

/** A request has a small bound here; only its tests start the schedule. */
class RefreshJobTests {

	private static TestGraphService service;

	private final MemberCard ann = service.member("ann");

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException, JOSEException {
		service = new TestGraphService(directory, "--graph.suggestions.request.max-ids=50",
				"--graph.suggestions.refresh.check-interval=1h", "--graph.suggestions.refresh.concurrency=1",
				"--agora.graph-recount.interval=1h");
	}

	@AfterAll
	static void stop() {
		service.mongo().commands().requireIndexed(Map.of());
		service.mongo()
			.commands()
			.requireTargeted(Map.of("find jobs by $or, removedAt, value.owner, value.state",
					"the schedule searches for an open job", "aggregate jobs by value.owner, value.state",
					"the open jobs of one owner are counted"));
		service.close();
	}

	@Test
	void completesAListThatARequestCouldNotComplete() {
		MemberCard hub = service.member("hub");
		service.befriend(this.ann, hub);
		List<MemberCard> others = Stream.generate(() -> service.member("other")).limit(15).toList();
		others.forEach((each) -> service.befriend(hub, each));
		JsonNode partial = list();
		assertThat(partial.path("complete").asBoolean()).isFalse();
		assertThat(partial.path("items")).isEmpty();
		assertThat(run().computed()).isPositive();
		assertThat(list().path("complete").asBoolean()).isTrue();
		assertThat(list().path("items")).hasSize(15);
		assertThat(run().total()).as("a refreshed list is due later").isZero();
	}

	@Test
	void leavesOutListsThatAreNotReadUntilTheyAreReadAgain() {
		list();
		Instant longAgo = Instant.now().minus(Duration.ofDays(8));
		lists().touch(this.ann.id(), longAgo).block();
		lists().postpone(this.ann.id(), Instant.EPOCH).block();
		assertThat(run().inactive()).isEqualTo(1);
		assertThat(stored().isActive()).isFalse();
		list();
		assertThat(stored().isActive()).isTrue();
		assertThat(stored().readAt()).isAfter(longAgo);
	}

	@Test
	void removesTheListAndTheDismissalsOfADeletedMember() {
		MemberCard other = service.member("other");
		service.call(HttpMethod.DELETE, "/graph/suggestions/" + other.id(), this.ann).expectStatus().isNoContent();
		list();
		service.delete(this.ann);
		lists().postpone(this.ann.id(), Instant.EPOCH).block();
		run();
		assertThat(lists().find(this.ann.id()).blockOptional()).isEmpty();
		assertThat(service.part(Dismissals.class).contains(this.ann.id(), other.id()).block()).isFalse();
	}

	@Test
	void submitsOneJobWhenAListIsDue() {
		list();
		lists().postpone(this.ann.id(), Instant.EPOCH).block();
		RefreshSchedule schedule = service.part(RefreshSchedule.class);
		Stored<Job> job = Awaitility.await("this instance has the lease")
			.atMost(Duration.ofSeconds(60))
			.until(() -> schedule.search().blockOptional(), Optional::isPresent)
			.orElseThrow();
		assertThat(schedule.search().blockOptional()).as("the job waits").isEmpty();
		service.part(RefreshJob.class).run(new JobRun(job, JsonMapper.shared())).block();
		service.part(Jobs.class).cancel(job.id()).block();
		assertThat(schedule.search().blockOptional()).as("no list is due").isEmpty();
	}

	@Test
	void aListThatCannotBeReadStopsNoOther() {
		for (MemberCard reader : List.of(this.ann, service.member("ben"), service.member("cid"))) {
			service.call(HttpMethod.GET, "/graph/suggestions", reader).expectStatus().isOk();
			lists().postpone(reader.id(), Instant.EPOCH).block();
		}
		// The driver repeats a read once.
		service.mongo().stepDownAt("find", "ties", false);
		service.mongo().stepDownAt("find", "ties", false);
		RefreshResult result = run();
		assertThat(result.failed()).isPositive();
		assertThat(result.computed()).isPositive();
		assertThat(run().total()).as("the list waits for a minute").isZero();
	}

	@Test
	void computesEachListOnceAfterTheClockWasSetBack() {
		list();
		lists().postpone(this.ann.id(), Instant.EPOCH).block();
		SuggestionSettings settings = service.part(SuggestionSettings.class);
		Clock steppedBack = stepBackClock(settings.refresh().age().multipliedBy(2));
		MemberRefresh refresh = new MemberRefresh(lists(), service.part(MemberProjection.class),
				service.part(SuggestionComputation.class), settings, steppedBack);
		RefreshJob job = new RefreshJob(lists(), service.part(SuggestionRemoval.class), refresh, settings, steppedBack);
		Instant start = Instant.now();
		assertThat(run(job).computed()).isPositive();
		assertThat(lists().findDue(start, 1).collectList().block()).isEmpty();
	}

	private static RefreshResult run() {
		return run(service.part(RefreshJob.class));
	}

	private static RefreshResult run(RefreshJob refreshes) {
		Stored<Job> job = Objects.requireNonNull(
				service.part(Jobs.class).submit(RefreshJob.KIND, "test", Map.of(), Optional.empty()).block());
		service.part(Jobs.class).cancel(job.id()).block();
		return Objects
			.requireNonNull(refreshes.run(new JobRun(job, JsonMapper.shared())).block(Duration.ofSeconds(30)));
	}

	private StoredSuggestions stored() {
		return Objects.requireNonNull(lists().find(this.ann.id()).block());
	}

	private static SuggestionLists lists() {
		return service.part(SuggestionLists.class);
	}

	private JsonNode list() {
		return TestGraphService.body(service.call(HttpMethod.GET, "/graph/suggestions", this.ann));
	}

	/** Returns a clock that is set back after its time was read once. */
	private static Clock stepBackClock(Duration step) {
		AtomicBoolean isRead = new AtomicBoolean();
		InstantSource source = () -> isRead.getAndSet(true) ? Instant.now().minus(step) : Instant.now();
		return source.withZone(ZoneOffset.UTC);
	}

}
