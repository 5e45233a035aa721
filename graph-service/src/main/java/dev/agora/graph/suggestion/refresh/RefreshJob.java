package dev.agora.graph.suggestion.refresh;

import java.time.Clock;
import java.time.Instant;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.suggestion.SuggestionSettings;
import dev.agora.graph.suggestion.store.SuggestionLists;
import dev.agora.graph.suggestion.store.SuggestionRemoval;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.problem.NotFound;

/**
 * Computes the suggestions again that are due when the job starts. Each list is then due
 * later, so that another run continues with the rest.
 */
public final class RefreshJob implements JobHandler {

	/** The kind of the job, and its owner, since no member starts it. */
	public static final String KIND = "refresh-suggestions";

	private static final int BATCH = 100;

	private final SuggestionLists lists;

	private final SuggestionRemoval removal;

	private final MemberRefresh refresh;

	private final int concurrency;

	private final Clock clock;

	public RefreshJob(SuggestionLists lists, SuggestionRemoval removal, MemberRefresh refresh,
			SuggestionSettings settings, Clock clock) {
		this.lists = lists;
		this.removal = removal;
		this.refresh = refresh;
		this.concurrency = settings.refresh().concurrency();
		this.clock = clock;
	}

	@Override
	public String kind() {
		return KIND;
	}

	@Override
	public Mono<RefreshResult> run(JobRun run) {
		RefreshResult before = run.checkpoint(RefreshResult.class).orElse(RefreshResult.NONE);
		Instant start = this.clock.instant();
		return refreshBatch(start).repeat()
			.takeWhile((batch) -> batch.total() > 0)
			.scan(before, RefreshResult::plus)
			.concatMap((done) -> run.report(done.total(), null, done).thenReturn(done), 1)
			.last(before);
	}

	private Mono<RefreshResult> refreshBatch(Instant start) {
		return Flux.defer(() -> this.lists.findDue(start, BATCH))
			.collectList()
			.flatMapMany(Flux::fromIterable)
			.flatMap((member) -> refresh(member, start), this.concurrency)
			.reduce(RefreshResult.NONE, RefreshResult::plus);
	}

	private Mono<RefreshResult> refresh(String member, Instant start) {
		return this.refresh.run(member, start).onErrorResume(NotFound.class, (deleted) -> remove(member));
	}

	private Mono<RefreshResult> remove(String member) {
		return this.removal.removeAll(member).thenReturn(RefreshResult.INACTIVE);
	}

}
