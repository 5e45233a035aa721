package dev.agora.platform.job.owner;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.JobRetention;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.member.MemberRemoval;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Ends the jobs of a deleted member, and removes their results and errors. The worker of
 * a running job stops within about a second.
 */
public final class JobRemoval implements MemberRemoval {

	/** Enough for the listeners that need the jobs, such as that of uploads. */
	private static final Duration RETENTION = Duration.ofDays(1);

	private final Jobs jobs;

	public JobRemoval(Jobs jobs) {
		this.jobs = jobs;
	}

	@Override
	public Mono<Void> removeAllOf(String memberId) {
		return list(memberId, null).expand((page) -> (page.next() != null) ? list(memberId, page.next()) : Mono.empty())
			.concatMapIterable(Page::items)
			.concatMap(this::erase)
			.then();
	}

	private Mono<Page<Stored<Job>>> list(String memberId, @Nullable String cursor) {
		return this.jobs.list(new JobQuery(memberId, null), new PageRequest(PageRequest.MAX_LIMIT, cursor));
	}

	private Mono<Void> erase(Stored<Job> job) {
		Instant now = this.jobs.retention().endedAt();
		JobRetention times = new JobRetention(now, now.plus(RETENTION));
		return this.jobs.change(job.id(), (current) -> current.value().erase(times))
			.onErrorComplete(NotFound.class)
			.then();
	}

}
