package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An instance of product-service that serves requests, and others that run jobs. */
final class QueueSystem {

	static final String SERVICE = "product-service";

	static final int WORKERS = 3;

	/** So little that the workers are the bottleneck, not the stores that they share. */
	private static final double CORES = 0.1;

	private static final long STOP_SECONDS = 60;

	private final String gateway;

	private final List<RunningSystem.Instance> workers = new ArrayList<>();

	private final List<Quota> quotas = new ArrayList<>();

	/** Starts the instances, and a gateway in front of the one that serves requests. */
	QueueSystem(Children children, Experiment.Run run) throws IOException, InterruptedException {
		OwnInstances instances = new OwnInstances(run.system(), SERVICE);
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

	/** Stops a worker. Its quota ends first, so that it stops soon. */
	void stopWorker() throws IOException, InterruptedException {
		int last = this.workers.size() - 1;
		this.quotas.remove(last).close();
		ProcessHandle process = ProcessHandle.of(this.workers.remove(last).pid()).orElseThrow();
		process.destroy();
		try {
			process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new Problem("A worker did not stop within %d s.".formatted(STOP_SECONDS));
		}
	}

}
