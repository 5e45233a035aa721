package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An instance of product-service that serves requests, and others that run jobs. */
final class QueueSystem implements AutoCloseable {

	static final String SERVICE = "product-service";

	static final int WORKERS = 3;

	/** So little that the workers are the bottleneck, not the stores that they share. */
	private static final double CORES = 0.1;

	private final String gateway;

	private final List<RunningSystem.Instance> workers = new ArrayList<>();

	private final List<Quota> quotas = new ArrayList<>();

	private final ActionAtEnd end = new ActionAtEnd(this::restore);

	/**
	 * Starts the instances, and a gateway in front of the one that serves requests.
	 * @param instances start the instances
	 */
	QueueSystem(Children children, Experiment.Run run, OwnInstances instances)
			throws IOException, InterruptedException {
		RunningSystem.Instance serving = instances.start(children, Map.of("AGORA_JOBS_WORKER_ENABLED", "false"));
		for (int worker = 0; worker < WORKERS; worker++) {
			this.workers.add(instances.start(children, settings(run.planted())));
		}
		Map<String, String> environment = run.system().gatewayEnvironment(Children.freePort(), Children.freePort());
		environment.put("AGORA_CLONES_PRODUCTSERVICE", serving.url());
		children.jar(run.system().gatewayJar(), environment);
		this.gateway = "http://127.0.0.1:" + environment.get("SERVER_PORT");
		children.awaitReady(URI.create(this.gateway + "/api/v1/products"));
	}

	private static Map<String, String> settings(boolean planted) {
		Map<String, String> settings = new HashMap<>(Map.of("AGORA_JOBS_WORKER_ENABLED", "true",
				"AGORA_JOBS_WORKER_SLOTS", "2", "AGORA_KAFKA_CONSUME", "false"));
		if (planted) {
			settings.put("AGORA_JOBS_MAXRUNNING", "1");
		}
		return settings;
	}

	String gateway() {
		return this.gateway;
	}

	/** Gives each worker the same small part of a core. */
	void limitWorkers() throws IOException {
		for (RunningSystem.Instance worker : this.workers) {
			Quota quota = new Quota("show-queue-" + worker.pid(), List.of(worker.pid()));
			quota.limit(CORES);
			this.quotas.add(quota);
		}
	}

	/** Lets some workers run jobs, and suspends the others, which have none. */
	void use(int number) throws IOException, InterruptedException {
		// A worker that has reported the end of its last job may still tidy up.
		TimeUnit.SECONDS.sleep(1);
		for (int worker = 0; worker < this.workers.size(); worker++) {
			((worker < number) ? Signal.CONT : Signal.STOP).send(this.workers.get(worker).pid());
		}
	}

	/**
	 * Ends the quotas and resumes the workers, so that they stop soon. That happens as
	 * well if the program is interrupted.
	 */
	@Override
	public void close() {
		this.end.close();
	}

	private void restore() {
		this.quotas.forEach(Quota::close);
		Signal.resume(this.workers.stream().map(RunningSystem.Instance::pid).toList());
	}

}
