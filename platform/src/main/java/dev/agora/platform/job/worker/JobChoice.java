package dev.agora.platform.job.worker;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.Jobs;

/**
 * Chooses and claims the job that runs next: the oldest one of the owner with the fewest
 * running jobs. An owner whose share is used up waits, so that the jobs of one owner
 * leave slots free for those of others.
 */
final class JobChoice {

	private final Jobs jobs;

	private final long maxRunning;

	private final Clock clock;

	/**
	 * Creates a choice.
	 * @param maxRunning the number of jobs of one owner that run at the same time
	 */
	JobChoice(Jobs jobs, int maxRunning, Clock clock) {
		this.jobs = jobs;
		this.maxRunning = maxRunning;
		this.clock = clock;
	}

	/** Claims the next job for a new run; empty if none may run. */
	Mono<Stored<Job>> claimNext() {
		String run = UUID.randomUUID().toString();
		return Mono.defer(this::choose)
			.flatMap((chosen) -> this.jobs.change(chosen.id(), (job) -> job.value().claim(run, this.clock.instant())))
			.flatMap((job) -> job.value().isHeldBy(run) ? Mono.just(job) : claimNext());
	}

	private Mono<Stored<Job>> choose() {
		return this.jobs.running()
			.map((job) -> job.value().owner())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
			.flatMap((running) -> this.jobs.nextOfOthers(running.keySet())
				.switchIfEmpty(chooseAmong(ownersByCount(running))));
	}

	private Mono<Stored<Job>> chooseAmong(SortedMap<Long, List<String>> fewestFirst) {
		return Flux.fromIterable(fewestFirst.headMap(this.maxRunning).values()).concatMap(this.jobs::nextOf).next();
	}

	private static SortedMap<Long, List<String>> ownersByCount(Map<String, Long> running) {
		return running.keySet()
			.stream()
			.collect(Collectors.groupingBy(running::get, TreeMap::new, Collectors.toList()));
	}

}
