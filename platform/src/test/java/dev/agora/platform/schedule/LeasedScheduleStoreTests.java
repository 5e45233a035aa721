package dev.agora.platform.schedule;

import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Repeats work in two instances of a service. */
class LeasedScheduleStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Duration INTERVAL = Duration.ofMillis(5);

	private static final AtomicInteger databases = new AtomicInteger();

	private final MongoDatabase database = mongo.database("schedules" + databases.incrementAndGet());

	private final DocumentStore store = new DocumentStore(this.database, JsonMapper.shared(), Clock.systemUTC());

	private final LeasedSchedules mine = new LeasedSchedules(this.store);

	private final LeasedSchedules theirs = new LeasedSchedules(this.store);

	@AfterEach
	void stop() {
		this.mine.close();
		this.theirs.close();
	}

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void runsInOneInstance() {
		CountDownLatch runs = new CountDownLatch(10);
		Queue<String> instances = new ConcurrentLinkedQueue<>();
		schedule(this.mine, Mono.fromRunnable(() -> {
			instances.add("mine");
			runs.countDown();
		}));
		schedule(this.theirs, Mono.fromRunnable(() -> {
			instances.add("theirs");
			runs.countDown();
		}));
		await(runs);
		assertThat(instances.stream().distinct()).hasSize(1);
	}

	@Test
	void repeatsWorkThatFailed() {
		CountDownLatch runs = new CountDownLatch(3);
		schedule(this.mine, Mono.defer(() -> {
			runs.countDown();
			return Mono.error(new IllegalStateException("no"));
		}));
		await(runs);
	}

	@Test
	void repeatsWhenTheLeaseCannotBeAcquired() {
		CountDownLatch runs = new CountDownLatch(3);
		mongo.failNext("update", "leases");
		schedule(this.mine, Mono.fromRunnable(runs::countDown));
		await(runs);
	}

	@Test
	void beginsAgainAfterWorkThatReportsNoFailure() {
		CountDownLatch runs = new CountDownLatch(3);
		this.mine.create("work", INTERVAL).repeatAll(Flux.just("work"), (all) -> all.flatMap((each) -> {
			runs.countDown();
			throw new IllegalStateException("no");
		}));
		this.mine.start();
		await(runs);
	}

	@Test
	void startsNoRunWhileTheOneBeforeStillRuns() {
		Sinks.Empty<Void> end = Sinks.empty();
		AtomicInteger started = new AtomicInteger();
		CountDownLatch otherRuns = new CountDownLatch(10);
		Mono<Void> slow = Mono.defer(() -> {
			started.incrementAndGet();
			return end.asMono();
		});
		this.mine.create("work", INTERVAL).repeat(slow).repeat(Mono.fromRunnable(otherRuns::countDown));
		this.mine.start();
		await(otherRuns);
		assertThat(started).hasValueLessThanOrEqualTo(1);
	}

	@Test
	void asksForTheLeaseAfterARunDuringWhichAnotherInstanceTookIt() {
		Sinks.Empty<Void> end = Sinks.empty();
		AtomicInteger started = new AtomicInteger();
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch intervals = new CountDownLatch(50);
		schedule(this.mine, Mono.defer(() -> {
			started.incrementAndGet();
			begun.countDown();
			return end.asMono();
		}));
		await(begun);
		Disposable time = Flux.interval(INTERVAL).subscribe((tick) -> intervals.countDown());
		await(intervals);
		time.dispose();
		takeOver();
		int asked = mongo.count("update", "leases");
		end.tryEmitEmpty();
		Awaitility.await("the next intervals").until(() -> mongo.count("update", "leases") >= asked + 3);
		assertThat(started).hasValue(1);
	}

	/** Takes the lease as an instance does that has waited for its end. */
	private void takeOver() {
		Mono.from(this.database.getCollection("leases")
			.updateOne(Filters.eq("work"), Updates.combine(Updates.set("owner", "another"), Updates.inc("beat", 1L))))
			.block();
	}

	@Test
	void startsRunsBesideWorkThatContinues() {
		CountDownLatch started = new CountDownLatch(3);
		this.mine.create("work", INTERVAL).repeatAll(Flux.just("work"), (all) -> all.flatMap((each) -> {
			started.countDown();
			return Flux.never();
		}, 3, 1));
		this.mine.start();
		await(started);
	}

	private static void schedule(LeasedSchedules instance, Mono<Void> run) {
		instance.create("work", INTERVAL).repeat(run);
		instance.start();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
