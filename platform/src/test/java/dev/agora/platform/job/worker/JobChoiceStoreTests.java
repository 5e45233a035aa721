package dev.agora.platform.job.worker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobError;
import dev.agora.platform.job.TestJobs;
import dev.agora.platform.testing.AdjustableClock;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class JobChoiceStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final AdjustableClock clock = new AdjustableClock();

	private final DocumentStore store = mongo.store();

	private final TestJobs testJobs = new TestJobs(this.store, this.clock, Map.of());

	private final JobChoice choice = choice();

	@AfterAll
	static void stopMongo() {
		mongo.close();
		mongo.commands().requireIndexed(Map.of());
	}

	@BeforeEach
	void createIndexes() {
		this.store.migrate().block();
	}

	private JobChoice choice() {
		return new JobChoice(this.testJobs.jobs(), TestRuns.handlers(), 2, this.clock);
	}

	@Test
	void claimsNothingFromAnEmptyQueue() {
		assertThat(claim()).isNull();
	}

	@Test
	void claimsTheOldestJobFirst() {
		Stored<Job> first = this.testJobs.submit("ada");
		this.testJobs.submit("bob");
		assertThat(Objects.requireNonNull(claim()).id()).isEqualTo(first.id());
	}

	@Test
	void oneJobOfAnotherOwnerDoesNotWaitForAHundredOfOne() {
		submit("ada", 100);
		Stored<Job> other = this.testJobs.submit("bob");
		assertThat(owners(3)).containsExactly("ada", "bob", "ada");
		assertThat(Objects.requireNonNull(this.testJobs.jobs().find(other.id()).block()).value().run()).isNotNull();
	}

	@Test
	void anOwnerWhoseShareIsUsedUpLeavesTheOtherSlotsFree() {
		submit("ada", 100);
		assertThat(owners(2)).containsExactly("ada", "ada");
		assertThat(claim()).isNull();
		this.testJobs.submit("bob");
		assertThat(owners(1)).containsExactly("bob");
	}

	@Test
	void theOwnerWithTheFewestRunningJobsIsNext() {
		submit("ada", 3);
		submit("bob", 3);
		submit("cy", 1);
		assertThat(owners(5)).containsExactly("ada", "bob", "cy", "ada", "bob");
	}

	@Test
	void aJobThatIsNotDueIsNotClaimed() {
		this.testJobs.submit("ada");
		Stored<Job> claimed = Objects.requireNonNull(claim());
		String run = Objects.requireNonNull(claimed.value().run());
		this.testJobs.jobs()
			.change(claimed.id(),
					(job) -> job.value()
						.retry(run, new JobError("x", "x"), this.clock.instant().plus(Duration.ofSeconds(5))))
			.block();
		assertThat(claim()).isNull();
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(claim()).isNotNull();
	}

	@Test
	void concurrentClaimsGetDifferentJobs() {
		for (int i = 0; i < 10; i++) {
			this.testJobs.submit("owner" + i);
		}
		List<String> claimed = Flux.range(0, 10)
			.flatMap((slot) -> this.choice.claimNext(), 10)
			.map(Stored::id)
			.collectList()
			.block();
		assertThat(claimed).hasSize(10).doesNotHaveDuplicates();
	}

	@RepeatedTest(5)
	void theSlotsOfTwoInstancesTogetherKeepTheShareOfAnOwner() {
		submit("ada", 20);
		JobChoice other = choice();
		List<Stored<Job>> claimed = Flux.range(0, 8)
			.flatMap((slot) -> ((slot % 2 == 0) ? this.choice : other).claimNext(), 8)
			.collectList()
			.blockOptional()
			.orElseThrow();
		assertThat(claimed).hasSize(2);
		assertThat(this.testJobs.jobs().countRunning("ada").block()).isEqualTo(2);
		assertThat(claimed).allSatisfy((job) -> assertThat(job.value().attempts()).isEqualTo(1));
	}

	private void submit(String owner, int count) {
		for (int i = 0; i < count; i++) {
			this.testJobs.submit(owner);
		}
	}

	private List<String> owners(int count) {
		return Flux.range(0, count)
			.map((each) -> Objects.requireNonNull(claim()).value().owner())
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

	private @Nullable Stored<Job> claim() {
		return this.choice.claimNext().block();
	}

}
