package dev.agora.platform.job.worker;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.job.JobHandler;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.job.JobSettings;
import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.KafkaSettings;

/** Workers with two slots each, which share a queue and record the jobs that they run. */
final class TestWorkers implements AutoCloseable {

	static final Jobs.Environment ENVIRONMENT = new Jobs.Environment(new IdGenerator(Clock.systemUTC()),
			JsonMapper.shared(), Clock.systemUTC());

	private final Jobs jobs;

	private final String topic;

	private final KafkaSettings kafka;

	private final List<String> runs = new CopyOnWriteArrayList<>();

	private final List<JobWorker> workers = new CopyOnWriteArrayList<>();

	TestWorkers(Jobs jobs, String topic, KafkaSettings kafka) {
		this.jobs = jobs;
		this.topic = topic;
		this.kafka = kafka;
	}

	static JobSettings settings() {
		return bind("agora.jobs", JobSettings.class, Map.of("agora.jobs.worker.slots", "2"));
	}

	static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
	}

	/** Returns the ids of the jobs that ran, one for each run. */
	List<String> runs() {
		return this.runs;
	}

	/** Starts a worker whose handler does this work. */
	JobWorker start(Function<JobRun, Mono<?>> work) {
		JobSettings.Worker settings = settings().worker();
		JobHandlers handlers = new JobHandlers(List.of(handler(work)));
		JobChoice choice = new JobChoice(this.jobs, handlers, 2, Clock.systemUTC());
		JobExecution execution = new JobExecution(this.jobs, handlers, choice, settings, ENVIRONMENT);
		JobQueue queue = new JobQueue(this.topic, this.kafka);
		JobWorker worker = new JobWorker(queue, JobWorkerConfiguration.slots(queue, choice, execution, settings),
				execution, settings);
		worker.start();
		this.workers.add(worker);
		return worker;
	}

	private JobHandler handler(Function<JobRun, Mono<?>> work) {
		return new JobHandler() {

			@Override
			public String kind() {
				return "test";
			}

			@Override
			public Mono<?> run(JobRun run) {
				TestWorkers.this.runs.add(run.id());
				return work.apply(run);
			}

		};
	}

	@Override
	public void close() {
		this.workers.forEach(JobWorker::stop);
	}

}
