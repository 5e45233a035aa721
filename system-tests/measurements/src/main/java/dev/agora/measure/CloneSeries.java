package dev.agora.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures loads on different numbers of instances, forwards and backwards. */
final class CloneSeries {

	private static final int CONNECTIONS_PER_INSTANCE = 16;

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
		warm(load);
		List<ClonePoint> points = new ArrayList<>();
		List<Integer> order = new ArrayList<>(numbers);
		for (int pass = 0; pass < passes; pass++) {
			for (int number : order) {
				ClonePoint point = measure(load, number);
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

	/** Code is compiled sooner without a quota; the cost is steady only later. */
	private void warm(CloneLoad load) throws IOException, InterruptedException {
		CloneGroup group = load.group();
		group.unlimit();
		group.use(group.instances());
		try (ClosedLoop loop = start(load)) {
			loop.warmUp(this.run, group.instances());
		}
		double idle = CpuMeter.idleCores(group.instances(), seconds());
		System.out.printf("%s: an instance needs %.3f cores without requests%n", load.name(), idle);
		group.limit(load.quota() + idle);
		try (ClosedLoop loop = start(load)) {
			TimeUnit.SECONDS.sleep(2);
			awaitSteadyCost(load, loop);
		}
	}

	private void awaitSteadyCost(CloneLoad load, ClosedLoop loop) throws IOException, InterruptedException {
		double last = window(load, loop, seconds()).cost();
		for (int number = 1; number < (this.run.quick() ? QUICK_WINDOWS : MAX_WINDOWS); number++) {
			double before = last;
			last = window(load, loop, seconds()).cost();
			System.out.printf("%s, warming: %.0f µs of CPU an operation%n", load.name(), last * 1e6);
			if (Math.abs(last / before - 1) < 0.03) {
				return;
			}
		}
	}

	private int seconds() {
		return this.run.quick() ? 3 : 10;
	}

	private ClonePoint measure(CloneLoad load, int number) throws IOException, InterruptedException {
		load.group().use(number, load.gate() != null);
		try (ClosedLoop loop = start(load)) {
			awaitFlow(load, loop);
			TimeUnit.SECONDS.sleep(this.run.quick() ? 1 : 3);
			return window(load, loop, seconds());
		}
	}

	private static ClosedLoop start(CloneLoad load) {
		int connections = CONNECTIONS_PER_INSTANCE * load.group().serving().size();
		if (load.gate() != null) {
			load.gate().reset(connections);
		}
		return new ClosedLoop(load.request(), connections);
	}

	/** Waits until operations are complete that were sent after the first ones. */
	private static void awaitFlow(CloneLoad load, ClosedLoop loop) throws InterruptedException {
		double enough = 4.0 * CONNECTIONS_PER_INSTANCE * load.group().serving().size();
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
		return new ClonePoint(group.serving().size(), work, meters.seconds(), group.quotaUse(cores),
				QuotaUse.throttled(before, group.periods()));
	}

}
