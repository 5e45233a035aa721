package dev.agora.platform.job.worker;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.lifecycle.Build;

/** Configures the worker of an instance that runs jobs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("agora.jobs.worker.enabled")
public class JobWorkerConfiguration {

	private static final long RENEWALS_PER_LOCK = 3;

	@Bean
	JobHandlers jobHandlers(ObjectProvider<JobHandler> handlers) {
		return new JobHandlers(handlers.stream().toList());
	}

	@Bean
	JobExecution jobExecution(Jobs jobs, JobHandlers handlers, JobChoice choice, JobSettings settings,
			Jobs.Environment environment) {
		return new JobExecution(jobs, handlers, choice, settings.worker(), environment);
	}

	@Bean
	JobChoice jobChoice(Jobs jobs, JobHandlers handlers, JobSettings settings, Jobs.Environment environment) {
		return new JobChoice(jobs, handlers, settings.maxRunning(), environment.clock());
	}

	@Bean
	JobWorker jobsHealthIndicator(JobQueue queue, JobSlots slots, JobExecution execution, JobSettings settings) {
		return new JobWorker(queue, slots, execution, settings.worker());
	}

	@Bean
	JobSlots jobSlots(JobQueue queue, JobChoice choice, JobExecution execution, JobSettings settings) {
		return slots(queue, choice, execution, settings.worker());
	}

	/** Creates the slots that take records from a queue. */
	static JobSlots slots(JobQueue queue, JobChoice choice, JobExecution execution, JobSettings.Worker settings) {
		Duration renewal = settings.lock().dividedBy(RENEWALS_PER_LOCK);
		return new JobSlots(settings.slots(), () -> new JobSlot(queue::createConsumer, choice, execution, renewal));
	}

	@Bean
	JobQueue jobQueue(Build build, KafkaSettings settings) {
		return new JobQueue(Jobs.topic(build), settings);
	}

	@Bean
	JobSweep jobSweep(Jobs jobs, DocumentStore store, JobSettings settings, Jobs.Environment environment) {
		JobFailures failures = new JobFailures(jobs, settings.worker(), environment.clock());
		return new JobSweep(jobs, failures, store.lease("job-sweep"),
				new JobSweep.Timing(settings.worker().lease(), environment.clock(), System::nanoTime));
	}

}
