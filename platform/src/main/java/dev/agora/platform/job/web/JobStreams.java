package dev.agora.platform.job.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;

/**
 * Streams the states of jobs. All streams of an instance share one query, which runs
 * twice a second while there are any. Their number is bounded, per member and in all.
 */
public final class JobStreams {

	private static final Logger log = LoggerFactory.getLogger(JobStreams.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final Jobs jobs;

	private final JobSettings.Streams settings;

	private final Drain drain;

	private final AtomicInteger open = new AtomicInteger();

	private final Map<String, Integer> byOwner = new ConcurrentHashMap<>();

	/** The watched jobs, each with the number of its streams. */
	private final Map<String, Integer> watched = new ConcurrentHashMap<>();

	private final Flux<Map<String, Stored<Job>>> polls;

	public JobStreams(Jobs jobs, JobSettings.Streams settings, Drain drain) {
		this.jobs = jobs;
		this.settings = settings;
		this.drain = drain;
		this.polls = Flux.interval(POLL_INTERVAL).onBackpressureDrop().concatMap((tick) -> poll(), 1).share();
	}

	/** Returns the number of open streams. */
	int open() {
		return this.open.get();
	}

	/**
	 * Streams a job: its state now, each later one, and the final one. The stream ends
	 * earlier after a while, and when this instance drains; the client then reconnects.
	 * @throws TooManyRequests if the owner has too many streams
	 * @throws Unavailable if this instance has too many streams
	 */
	Flux<Stored<Job>> stream(Stored<Job> job) {
		return Flux.defer(() -> {
			acquire(job);
			return states(job).doFinally((signal) -> release(job));
		});
	}

	private Flux<Stored<Job>> states(Stored<Job> job) {
		return this.polls
			// The latest state is enough, so that no stream waits for the client of
			// another one.
			.onBackpressureLatest()
			.mapNotNull((found) -> found.get(job.id()))
			.startWith(job)
			.distinctUntilChanged(JobTag::of)
			.takeUntil((current) -> current.value().state().isFinal())
			.take(this.settings.duration())
			.takeUntilOther(this.drain.begun());
	}

	private Mono<Map<String, Stored<Job>>> poll() {
		return this.jobs.findAll(this.watched.keySet())
			.collectMap(Stored::id)
			.doOnError((failure) -> throttle.log("poll",
					(suppressed) -> log.warn("Jobs could not be read for their streams ({} more failures): {}",
							suppressed, failure.toString())))
			.onErrorComplete();
	}

	private void acquire(Stored<Job> job) {
		String owner = job.value().owner();
		if (this.byOwner.merge(owner, 1, Integer::sum) > this.settings.perMember()) {
			decrement(this.byOwner, owner);
			throw new TooManyRequests("too-many-streams", "You have " + this.settings.perMember()
					+ " open streams of jobs. Close one, or list your jobs instead.", RETRY_AFTER);
		}
		if (this.open.incrementAndGet() > this.settings.perInstance()) {
			this.open.decrementAndGet();
			decrement(this.byOwner, owner);
			throw new Unavailable("Too many streams are open. Poll the job instead.", RETRY_AFTER);
		}
		this.watched.merge(job.id(), 1, Integer::sum);
	}

	private void release(Stored<Job> job) {
		this.open.decrementAndGet();
		decrement(this.byOwner, job.value().owner());
		decrement(this.watched, job.id());
	}

	private static void decrement(Map<String, Integer> counts, String key) {
		counts.computeIfPresent(key, (same, count) -> remaining(count));
	}

	private static @Nullable Integer remaining(int count) {
		return (count > 1) ? count - 1 : null;
	}

}
