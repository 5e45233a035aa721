package dev.agora.graph.suggestion.refresh;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

import dev.agora.graph.suggestion.SuggestionSettings;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.job.Job;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;
import dev.agora.platform.web.PageRequest;

/**
 * Submits the job that refreshes suggestions when lists are due and no such job waits or
 * runs.
 */
public final class RefreshSchedule implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(RefreshSchedule.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final PageRequest FIRST = new PageRequest(1, null);

	/** The lease outlasts a few searches, so that it stays with one instance. */
	private static final int LEASED_INTERVALS = 4;

	private final SuggestionLists lists;

	private final Jobs jobs;

	private final Duration interval;

	private final Lease lease;

	private final Clock clock;

	private volatile Disposable searches = () -> {
	};

	public RefreshSchedule(SuggestionLists lists, Jobs jobs, SuggestionSettings settings, DocumentStore store,
			Clock clock) {
		this.lists = lists;
		this.jobs = jobs;
		this.interval = settings.refresh().checkInterval();
		this.lease = store.lease("suggestions");
		this.clock = clock;
	}

	/** Starts once the indexes are built. */
	@EventListener(ApplicationReadyEvent.class)
	public void start() {
		this.searches = Flux.interval(this.interval)
			.onBackpressureDrop()
			.concatMap((tick) -> search().then().onErrorResume(RefreshSchedule::report), 1)
			.subscribe();
	}

	/**
	 * Submits the job if it is needed and this instance holds the lease.
	 * @return the new job; empty if there is none
	 */
	Mono<Stored<Job>> search() {
		return this.lease.tryAcquire(this.interval.multipliedBy(LEASED_INTERVALS))
			.filter(Boolean::booleanValue)
			.flatMap((held) -> this.lists.findDue(this.clock.instant(), 1).next())
			.flatMap((due) -> hasOpenJob())
			.filter((open) -> !open)
			.flatMap((needed) -> this.jobs.submit(RefreshJob.KIND, RefreshJob.KIND, Map.of(), Optional.empty()));
	}

	private Mono<Boolean> hasOpenJob() {
		return Flux.just(JobState.QUEUED, JobState.RUNNING)
			.concatMap((state) -> this.jobs.list(new JobQuery(RefreshJob.KIND, state), FIRST))
			.any((page) -> !page.items().isEmpty());
	}

	private static Mono<Void> report(Throwable failure) {
		throttle.log("search", (more) -> log.warn("Due suggestions cannot be searched for now ({} more): {}", more,
				failure.toString()));
		return Mono.empty();
	}

	@Override
	public void close() {
		this.searches.dispose();
	}

}
