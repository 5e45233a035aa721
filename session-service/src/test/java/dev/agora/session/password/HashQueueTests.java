package dev.agora.session.password;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Deadline;

import static org.assertj.core.api.Assertions.assertThat;

/** The queue with a clock that each hash advances. */
class HashQueueTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final AtomicLong nanoTime = new AtomicLong();

	private final AtomicInteger hashed = new AtomicInteger();

	private final CountDownLatch released = new CountDownLatch(1);

	private final HashQueue queue = new HashQueue(1, 64, this.nanoTime::get);

	@AfterEach
	void close() {
		this.released.countDown();
		this.queue.close();
	}

	@Test
	void refusesAHashThatWouldMissItsDeadline() throws InterruptedException {
		hash(Duration.ofSeconds(1)).block(BOUND);
		occupy();
		List<Disposable> waiting = new ArrayList<>();
		for (int position = 2; position <= 7; position++) {
			waiting.add(within(Duration.ofSeconds(10), hash(Duration.ZERO)).subscribe());
		}
		StepVerifier.create(within(Duration.ofSeconds(10), hash(Duration.ZERO)))
			.expectErrorSatisfies(
					(refusal) -> assertThat(((Unavailable) refusal).retryAfter()).isEqualTo(Duration.ofSeconds(9)))
			.verify(BOUND);
		this.released.countDown();
		StepVerifier.create(hash(Duration.ZERO)).expectNext(9).expectComplete().verify(BOUND);
		assertThat(waiting).allMatch(Disposable::isDisposed);
	}

	@Test
	void acceptsAHashWithALaterOrNoDeadline() throws InterruptedException {
		hash(Duration.ofSeconds(1)).block(BOUND);
		occupy();
		StepVerifier.create(within(Duration.ofSeconds(2), hash(Duration.ZERO)))
			.expectError(Unavailable.class)
			.verify(BOUND);
		Mono<Integer> patient = within(Duration.ofSeconds(3), hash(Duration.ZERO)).cache();
		patient.subscribe();
		Mono<Integer> unbounded = hash(Duration.ZERO).cache();
		unbounded.subscribe();
		this.released.countDown();
		assertThat(patient.block(BOUND)).isEqualTo(3);
		assertThat(unbounded.block(BOUND)).isEqualTo(4);
	}

	@Test
	void aCancelledHashLeavesTheQueue() throws InterruptedException {
		hash(Duration.ofSeconds(1)).block(BOUND);
		occupy();
		Duration enoughForTwo = Duration.ofSeconds(3);
		Disposable impatient = within(enoughForTwo, hash(Duration.ZERO)).subscribe();
		StepVerifier.create(within(enoughForTwo, hash(Duration.ZERO))).expectError(Unavailable.class).verify(BOUND);
		impatient.dispose();
		Mono<Integer> next = within(enoughForTwo, hash(Duration.ZERO)).cache();
		next.subscribe();
		this.released.countDown();
		assertThat(next.block(BOUND)).as("hashes, without the cancelled one").isEqualTo(3);
	}

	@Test
	void doesNotHashAfterTheDeadline() throws InterruptedException {
		hash(Duration.ofSeconds(1)).block(BOUND);
		occupy();
		Mono<Integer> late = within(Duration.ofSeconds(3), hash(Duration.ZERO)).cache();
		late.subscribe((number) -> {
		}, (refusal) -> {
		});
		this.nanoTime.addAndGet(Duration.ofMillis(2500).toNanos());
		this.released.countDown();
		StepVerifier.create(late).expectError(Unavailable.class).verify(BOUND);
		assertThat(hash(Duration.ZERO).block(BOUND)).as("hashes").isEqualTo(3);
	}

	/** Otherwise one slow hash could close the queue for ever. */
	@Test
	void acceptsAHashThatFindsAFreeThread() {
		hash(Duration.ofSeconds(60)).block(BOUND);
		assertThat(within(Duration.ofSeconds(1), hash(Duration.ZERO)).block(BOUND)).isEqualTo(2);
	}

	@Test
	void estimatesTheFirstHashByAMeasurement() throws InterruptedException {
		this.queue.measure(() -> this.nanoTime.addAndGet(Duration.ofSeconds(1).toNanos()));
		occupy();
		StepVerifier.create(within(Duration.ofSeconds(2), hash(Duration.ZERO)))
			.expectError(Unavailable.class)
			.verify(BOUND);
	}

	@Test
	void adaptsToTheTimeOfRecentHashes() throws InterruptedException {
		hash(Duration.ofSeconds(60)).block(BOUND);
		for (int i = 0; i < 50; i++) {
			hash(Duration.ofMillis(100)).block(BOUND);
		}
		occupy();
		Mono<Integer> next = within(Duration.ofSeconds(1), hash(Duration.ZERO)).cache();
		next.subscribe();
		this.released.countDown();
		assertThat(next.block(BOUND)).isEqualTo(53);
	}

	@Test
	void continuesAfterAHashThatFails() {
		StepVerifier.create(this.queue.submit(() -> {
			throw new IllegalArgumentException("no hash");
		})).expectError(IllegalArgumentException.class).verify(BOUND);
		assertThat(hash(Duration.ZERO).block(BOUND)).isEqualTo(1);
	}

	/** Returns the number of hashes so far. */
	private Mono<Integer> hash(Duration time) {
		return this.queue.submit(() -> {
			this.nanoTime.addAndGet(time.toNanos());
			return this.hashed.incrementAndGet();
		});
	}

	/** Occupies the thread until it is released. */
	private void occupy() throws InterruptedException {
		CountDownLatch occupied = new CountDownLatch(1);
		this.queue.submit(() -> {
			occupied.countDown();
			this.released.await();
			return this.hashed.incrementAndGet();
		}).subscribe();
		assertThat(occupied.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private Mono<Integer> within(Duration time, Mono<Integer> hash) {
		return Mono.defer(() -> hash.contextWrite(Deadline.after(this.nanoTime.get(), time)::putInto));
	}

}
