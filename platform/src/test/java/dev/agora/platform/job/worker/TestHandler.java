package dev.agora.platform.job.worker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.TestJobs;

/** A handler that does what a test gives it, and records its runs. */
final class TestHandler implements JobHandler {

	private final Function<JobRun, Mono<?>> work;

	private final List<String> runs = new CopyOnWriteArrayList<>();

	TestHandler(Function<JobRun, Mono<?>> work) {
		this.work = work;
	}

	/** Returns the ids of the jobs that ran, one for each run. */
	List<String> runs() {
		return this.runs;
	}

	@Override
	public String kind() {
		return TestJobs.KIND;
	}

	@Override
	public Mono<?> run(JobRun run) {
		this.runs.add(run.id());
		return this.work.apply(run);
	}

}
