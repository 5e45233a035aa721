package dev.agora.platform.exports;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobQuery;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.job.web.JobView;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Reads the jobs that a member has started. */
final class JobSource implements ExportSource {

	private final Jobs jobs;

	private final JsonMapper json;

	JobSource(Jobs jobs, JsonMapper json) {
		this.jobs = jobs;
		this.json = json;
	}

	@Override
	public String type() {
		return "job";
	}

	/** Lists have no results, so the jobs of each page are found again by their ids. */
	@Override
	public Flux<JobView> read(String memberId) {
		return list(memberId, null).expand((page) -> (page.next() != null) ? list(memberId, page.next()) : Mono.empty())
			.concatMap((page) -> this.jobs.findAll(page.items().stream().map(Stored::id).toList()), 1)
			.map((job) -> JobView.of(job, this.json));
	}

	private Mono<Page<Stored<Job>>> list(String memberId, @Nullable String cursor) {
		return this.jobs.list(new JobQuery(memberId, null), new PageRequest(PageRequest.MAX_LIMIT, cursor));
	}

}
