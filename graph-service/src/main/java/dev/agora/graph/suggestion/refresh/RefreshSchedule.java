package dev.agora.graph.suggestion.refresh;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.suggestion.SuggestionSettings;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobState;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.platform.web.PageRequest;

/**
 * Submits the job that refreshes suggestions when lists are due and no such job waits or
 * runs.
 */
public final class RefreshSchedule {

	private static final PageRequest FIRST = new PageRequest(1, null);

	private final SuggestionLists lists;

	private final Jobs jobs;

	private final Clock clock;

	public RefreshSchedule(SuggestionLists lists, Jobs jobs, SuggestionSettings settings, Clock clock,
			LeasedSchedules schedules) {
		this.lists = lists;
		this.jobs = jobs;
		this.clock = clock;
		schedules.create("suggestions", settings.refresh().checkInterval()).repeat(Mono.defer(this::search).then());
	}

	/**
	 * Submits the job if it is needed.
	 * @return the new job; empty if there is none
	 */
	Mono<Stored<Job>> search() {
		return this.lists.findDue(this.clock.instant(), 1)
			.next()
			.flatMap((due) -> hasOpenJob())
			.filter((open) -> !open)
			.flatMap((needed) -> this.jobs.submit(RefreshJob.KIND, RefreshJob.KIND, Map.of(), Optional.empty()));
	}

	private Mono<Boolean> hasOpenJob() {
		return Flux.just(JobState.QUEUED, JobState.RUNNING)
			.concatMap((state) -> this.jobs.list(new JobQuery(RefreshJob.KIND, state), FIRST))
			.any((page) -> !page.items().isEmpty());
	}

}
