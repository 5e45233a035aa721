package dev.agora.platform.job.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
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
import dev.agora.platform.sse.StreamPermits;

/**
 * Streams the states of jobs. All streams of an instance share one query, which runs
 * twice a second while there are any. Their number is bounded, per member and in all.
 */
public final class JobStreams implements MeterBinder {

	private static final Logger log = LoggerFactory.getLogger(JobStreams.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	private final Jobs jobs;

	private final JobSettings.Streams settings;

	private final Drain drain;

	private final StreamPermits permits;

	/** The watched jobs, each with the number of its streams. */
	private final Map<String, Integer> watched = new ConcurrentHashMap<>();

	private final Flux<Map<String, Stored<Job>>> polls;

	public JobStreams(Jobs jobs, JobSettings.Streams settings, Drain drain) {
		this.jobs = jobs;
		this.settings = settings;
		this.drain = drain;
		this.permits = new StreamPermits(settings.perMember(), settings.perInstance());
		this.polls = Flux.interval(POLL_INTERVAL).onBackpressureDrop().concatMap((tick) -> poll(), 1).share();
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		this.permits.register(meters, "job-streams");
	}

	/** Returns the number of open streams. */
	int open() {
		return this.permits.open();
	}

	/**
	 * Streams a job: its state now, each later one, and the final one. The stream ends
	 * earlier after a while, and when this instance drains; the client then reconnects.
	 * @throws TooManyRequests if the owner has too many streams
	 * @throws Unavailable if this instance has too many streams
	 */
	Flux<Stored<Job>> stream(Stored<Job> job) {
		return this.permits.withPermit(job.value().owner(), Flux.defer(() -> {
			this.watched.merge(job.id(), 1, Integer::sum);
			return states(job).doFinally((signal) -> unwatch(job.id()));
		}));
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

	private void unwatch(String id) {
		this.watched.computeIfPresent(id, (same, count) -> remaining(count));
	}

	private static @Nullable Integer remaining(int count) {
		return (count > 1) ? count - 1 : null;
	}

}
