package dev.agora.platform.job.worker;

import java.util.concurrent.CompletableFuture;

import org.springframework.context.ApplicationContext;

import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.Jobs;

/** Runs jobs of a started service, as a slot does with a record of the queue. */
public final class TestWorker {

	private TestWorker() {
	}

	/** Starts the next job; completes when the worker has ended it. */
	public static CompletableFuture<Void> startNext(ApplicationContext service) {
		JobWorkerConfiguration parts = new JobWorkerConfiguration();
		Jobs jobs = service.getBean(Jobs.class);
		Jobs.Environment environment = service.getBean(Jobs.Environment.class);
		JobSettings settings = service.getBean(JobSettings.class);
		JobHandlers handlers = parts.jobHandlers(service.getBeanProvider(JobHandler.class));
		JobChoice choice = parts.jobChoice(jobs, handlers, settings, environment);
		JobExecution execution = parts.jobExecution(jobs, handlers, choice, settings, environment);
		return choice.claimNext().flatMap(execution::run).toFuture();
	}

}
