package dev.agora.platform.job.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.Jobs;

/**
 * Chooses and claims the job that runs next: the oldest one of the owner with the fewest
 * running jobs. An owner whose share is used up waits, so that the jobs of one owner
 * leave slots free for those of others.
 */
final class JobChoice {

	/** The pause is random, so that two instances do not meet again. */
	private static final long MAX_PAUSE_MS = 200;

	private final Jobs jobs;

	private final Set<String> kinds;

	private final long maxRunning;

	private final Clock clock;

	/** Completes when the last claim of this instance has ended. */
	private final AtomicReference<Mono<Void>> lastClaim = new AtomicReference<>(Mono.empty());

	/**
	 * Creates a choice.
	 * @param handlers show which jobs this instance can run
	 * @param maxRunning the number of jobs of one owner that run at the same time
	 */
	JobChoice(Jobs jobs, JobHandlers handlers, int maxRunning, Clock clock) {
		this.jobs = jobs;
		this.kinds = handlers.kinds();
		this.maxRunning = maxRunning;
		this.clock = clock;
	}

	/**
	 * Claims the next job for a new run; empty if none may run. The slots of an instance
	 * claim one after the other, so that each counts the jobs of the others.
	 */
	Mono<Stored<Job>> claimNext() {
		String run = UUID.randomUUID().toString();
		return Mono.defer(() -> {
			Sinks.Empty<Void> ended = Sinks.empty();
			return this.lastClaim.getAndSet(ended.asMono())
				.then(claim(run))
				.doFinally((signal) -> ended.tryEmitEmpty());
		});
	}

	/**
	 * Returns whether a job waits that may run and whose owner has fewer running jobs
	 * than this one.
	 */
	Mono<Boolean> prefersAnother(String owner) {
		return countRunning().map((running) -> ownersByCount(running).tailMap(running.getOrDefault(owner, 0L)))
			.map((atLeastAsMany) -> atLeastAsMany.values().stream().flatMap(List::stream).toList())
			.flatMap((owners) -> this.jobs.nextOfOthers(owners, this.kinds).hasElement());
	}

	private Mono<Stored<Job>> claim(String run) {
		return Mono.defer(this::choose)
			.flatMap((chosen) -> this.jobs.change(chosen.id(), (job) -> job.value().claim(run, this.clock.instant())))
			.flatMap((job) -> job.value().isHeldBy(run) ? keep(job, run) : claim(run));
	}

	/** Gives a job back if another instance has used up the share at the same time. */
	private Mono<Stored<Job>> keep(Stored<Job> job, String run) {
		return this.jobs.countRunning(job.value().owner())
			.flatMap((running) -> (running <= this.maxRunning) ? Mono.just(job) : giveBack(job, run));
	}

	private Mono<Stored<Job>> giveBack(Stored<Job> job, String run) {
		Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(MAX_PAUSE_MS));
		return this.jobs.change(job.id(), (current) -> current.value().giveBack(run))
			.then(Mono.delay(pause))
			.then(claim(run));
	}

	private Mono<Stored<Job>> choose() {
		return countRunning().flatMap((running) -> this.jobs.nextOfOthers(running.keySet(), this.kinds)
			.switchIfEmpty(chooseAmong(ownersByCount(running))));
	}

	private Mono<Map<String, Long>> countRunning() {
		return this.jobs.running()
			.map((job) -> job.value().owner())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private Mono<Stored<Job>> chooseAmong(SortedMap<Long, List<String>> fewestFirst) {
		return Flux.fromIterable(fewestFirst.headMap(this.maxRunning).values())
			.concatMap((owners) -> this.jobs.nextOf(owners, this.kinds))
			.next();
	}

	private static SortedMap<Long, List<String>> ownersByCount(Map<String, Long> running) {
		return running.keySet()
			.stream()
			.collect(Collectors.groupingBy(running::get, TreeMap::new, Collectors.toList()));
	}

}
