package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures loads on different numbers of instances, forwards and backwards. */
final class CloneSeries {

	/**
	 * A load of so many connections for each instance, and of twice and four times as
	 * many if the quota is not used up: beyond that, requests only wait longer, until
	 * they time out and the gateway refuses the next ones.
	 */
	private static final int FEWEST_CONNECTIONS = 4;

	private static final int MOST_CONNECTIONS = 16;

	private static final double USED_UP = 0.98;

	/** Events reach suspended instances until their session in the group has ended. */
	private static final Duration FLOW = Duration.ofSeconds(60);

	private static final int MAX_WINDOWS = 12;

	private static final int QUICK_WINDOWS = 6;

	private final Experiment.Run run;

	private final RunningSystem.Instance gateway;

	CloneSeries(Experiment.Run run, RunningSystem.Instance gateway) {
		this.run = run;
		this.gateway = gateway;
	}

	/** Measures a load in passes over the numbers of instances. */
	List<ClonePoint> measure(CloneLoad load, List<Integer> numbers, int passes)
			throws IOException, InterruptedException {
		int connections = warm(load);
		List<ClonePoint> points = new ArrayList<>();
		List<Integer> order = new ArrayList<>(numbers);
		for (int pass = 0; pass < passes; pass++) {
			for (int number : order) {
				ClonePoint point = measure(load, number, connections);
				System.out.printf("%s, %d instances: %.1f/s, quota used %s, throttled in %s, %d failed%n", load.name(),
						number, point.throughput(), percent(point.quotaUse()), percent(point.throttled()),
						point.work().failed());
				points.add(point);
			}
			Collections.reverse(order);
		}
		load.group().use(load.group().instances());
		return points;
	}

	private static List<String> percent(List<Double> parts) {
		return parts.stream().map((part) -> "%.0f %%".formatted(100 * part)).toList();
	}

	/**
	 * Code is compiled sooner without a quota; the cost is steady only later.
	 * @return the connections for each instance that use up its quota
	 */
	private int warm(CloneLoad load) throws IOException, InterruptedException {
		CloneGroup group = load.group();
		group.unlimit();
		group.use(group.instances());
		try (ClosedLoop loop = start(load, FEWEST_CONNECTIONS)) {
			loop.warmUp(this.run, group.instances());
		}
		group.measureIdle(this.run.quick() ? 5 : 20);
		group.limit(load.quota());
		int connections = findConnections(load);
		try (ClosedLoop loop = start(load, connections)) {
			TimeUnit.SECONDS.sleep(2);
			awaitSteadyCost(load, loop);
		}
		return connections;
	}

	/** Raises the load gently, until the quotas are used up or requests fail. */
	private int findConnections(CloneLoad load) throws IOException, InterruptedException {
		int connections = FEWEST_CONNECTIONS;
		for (int more = connections; more <= MOST_CONNECTIONS; more *= 2) {
			ClonePoint point;
			try (ClosedLoop loop = start(load, more)) {
				TimeUnit.SECONDS.sleep(2);
				point = window(load, loop, seconds(load));
			}
			System.out.printf("%s, %d connections for each instance: %.1f/s, throttled in %s, %d failed%n", load.name(),
					more, point.throughput(), percent(point.throttled()), point.work().failed());
			if (point.work().failed() > 0) {
				return connections;
			}
			connections = more;
			if (point.throttled().stream().allMatch((periods) -> periods >= USED_UP)) {
				return connections;
			}
		}
		return connections;
	}

	private void awaitSteadyCost(CloneLoad load, ClosedLoop loop) throws IOException, InterruptedException {
		double last = window(load, loop, seconds(load)).cost();
		for (int number = 1; number < (this.run.quick() ? QUICK_WINDOWS : MAX_WINDOWS); number++) {
			double before = last;
			last = window(load, loop, seconds(load)).cost();
			System.out.printf("%s, warming: %.0f µs of CPU an operation%n", load.name(), last * 1e6);
			if (Math.abs(last / before - 1) < 0.03) {
				return;
			}
		}
	}

	/** Posts are few, and each is complete only with its last delivery. */
	private int seconds(CloneLoad load) {
		return !this.run.quick() ? 10 : (load.gate() != null) ? 8 : 3;
	}

	private ClonePoint measure(CloneLoad load, int number, int connections) throws IOException, InterruptedException {
		load.group().use(number, load.gate() != null);
		try (ClosedLoop loop = start(load, connections)) {
			awaitFlow(load, loop, connections);
			TimeUnit.SECONDS.sleep(this.run.quick() ? 1 : 3);
			return window(load, loop, seconds(load));
		}
	}

	private static ClosedLoop start(CloneLoad load, int perInstance) {
		int connections = perInstance * load.group().serving().size();
		if (load.gate() != null) {
			load.gate().reset(connections);
		}
		return new ClosedLoop(load.request(), connections);
	}

	/** Waits until operations are complete that were sent after the first ones. */
	private static void awaitFlow(CloneLoad load, ClosedLoop loop, int perInstance) throws InterruptedException {
		double enough = 4.0 * perInstance * load.group().serving().size();
		long deadline = System.nanoTime() + FLOW.toNanos();
		while (load.completed().applyAsDouble(loop) < enough) {
			if (System.nanoTime() > deadline) {
				throw new Problem("Only %.0f operations (%s) were completed within %d s; failures: %s"
					.formatted(load.completed().applyAsDouble(loop), load.name(), FLOW.toSeconds(), loop.failures()));
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	private ClonePoint window(CloneLoad load, ClosedLoop loop, int seconds) throws IOException, InterruptedException {
		CloneGroup group = load.group();
		SystemMeters meters = new SystemMeters(this.run.system(), group, this.gateway);
		List<Quota.Periods> before = group.periods();
		double completed = load.completed().applyAsDouble(loop);
		long failed = loop.failed();
		long start = System.nanoTime();
		meters.start();
		TimeUnit.SECONDS.sleep(seconds);
		meters.stop();
		double elapsed = (System.nanoTime() - start) / 1e9;
		ClonePoint.Work work = new ClonePoint.Work(load.completed().applyAsDouble(loop) - completed,
				loop.failed() - failed, elapsed);
		List<Double> cores = meters.secondsOfInstances().stream().map((used) -> used / elapsed).toList();
		Map<String, Double> cpu = meters.seconds();
		cpu.merge(ClonePoint.INSTANCES, -group.idleCores() * elapsed, Double::sum);
		return new ClonePoint(group.serving().size(), work, cpu, group.quotaUse(cores),
				QuotaUse.throttled(before, group.periods()));
	}

}
