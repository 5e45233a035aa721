package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.agora.measure.history.History;
import dev.agora.measure.history.Outage;

/**
 * Lets clients read and write at random while processes are stopped and started, and
 * records what they see.
 */
public final class HistoryRun {

	/** Several clients change the objects of each seller. */
	private static final int CLIENTS_PER_SELLER = 3;

	private final HistoryPlan plan;

	private final ProcessControl control;

	private final AtomicInteger started = new AtomicInteger();

	private volatile boolean outagesDone;

	private HistoryRun(HistoryPlan plan, ProcessControl control) {
		this.plan = plan;
		this.control = control;
	}

	/**
	 * Runs a plan on a running system.
	 * @param root the folder of the project
	 * @param data the data directory of the system
	 * @return what the clients have seen
	 */
	public static History run(HistoryPlan plan, Path root, Path data) throws IOException, InterruptedException {
		RunningSystem system = new RunningSystem(root, data);
		return run(plan, system, system.gatewayUrl());
	}

	/** Runs a plan through a gateway. */
	static History run(HistoryPlan plan, RunningSystem system, String gateway)
			throws IOException, InterruptedException {
		return new HistoryRun(plan, new ProcessControl(system)).run(gateway);
	}

	private History run(String gateway) throws IOException, InterruptedException {
		HistoryWorld world = new HistoryWorld(gateway, Math.max(1, this.plan.clients() / CLIENTS_PER_SELLER));
		List<Callable<Void>> work = new ArrayList<>(clients(world, gateway));
		work.add(() -> stopAndStart(world.history));
		ExecutorService threads = Executors.newFixedThreadPool(work.size());
		List<Future<Void>> running = work.stream().map(threads::submit).toList();
		threads.shutdown();
		try {
			for (Future<Void> each : running) {
				each.get();
			}
		}
		catch (ExecutionException ex) {
			throw new Problem("A client or the outages have stopped: " + ex.getCause());
		}
		return world.history;
	}

	private List<HistoryClient> clients(HistoryWorld world, String gateway) throws IOException, InterruptedException {
		SplittableRandom random = new SplittableRandom(this.plan.seed());
		ApiClient api = new ApiClient(gateway);
		ReplayedReads reads = new ReplayedReads(api, this.plan.planted());
		List<HistoryClient> clients = new ArrayList<>();
		for (int client = 0; client < this.plan.clients(); client++) {
			clients.add(new HistoryClient(world, api, reads, random.split(), this::next));
		}
		return clients;
	}

	/** Takes an operation; false if all were taken and all outages are over. */
	private boolean next() {
		return this.started.getAndIncrement() < this.plan.operations() || !this.outagesDone;
	}

	private Void stopAndStart(History history) throws IOException, InterruptedException {
		try {
			List<String> outages = this.plan.outages();
			for (int number = 0; number < outages.size(); number++) {
				while (this.started.get() < this.plan.operations() * (number + 0.5) / outages.size()) {
					TimeUnit.MILLISECONDS.sleep(5);
				}
				history.add(stopAndStart(outages.get(number)));
			}
		}
		finally {
			this.outagesDone = true;
		}
		return null;
	}

	/** Stores are stopped in order, and instances of services are killed. */
	private Outage stopAndStart(String process) throws IOException, InterruptedException {
		long stopping = System.nanoTime();
		this.control.send(process, process.contains("-service") ? "kill" : "stop");
		long stopped = System.nanoTime();
		TimeUnit.NANOSECONDS.sleep(this.plan.outage().toNanos());
		long starting = System.nanoTime();
		this.control.send(process, "start");
		return new Outage(process, stopping, stopped, starting, System.nanoTime());
	}

}
