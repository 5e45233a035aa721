package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Flushes Redis and kills processes at random moments of a run, and starts each killed
 * process again.
 */
final class RandomFaults implements Callable<Void> {

	private final ProcessControl control;

	private final Redis redis;

	private final RunningSystem system;

	private final SharedCatalogue catalogue;

	private final List<Double> moments;

	private final SplittableRandom random;

	RandomFaults(RunningSystem system, SharedCatalogue catalogue, int faults, SplittableRandom random) {
		this.system = system;
		this.control = new ProcessControl(system);
		this.redis = new Redis(system.instances("redis").values().iterator().next());
		this.catalogue = catalogue;
		this.random = random;
		this.moments = random.doubles(faults).sorted().boxed().toList();
	}

	@Override
	public Void call() throws IOException, InterruptedException {
		try {
			strike();
		}
		finally {
			this.catalogue.endFaults();
		}
		return null;
	}

	private void strike() throws IOException, InterruptedException {
		for (double moment : this.moments) {
			while (this.catalogue.progress() < moment) {
				TimeUnit.MILLISECONDS.sleep(5);
			}
			int percent = this.random.nextInt(100);
			if (percent < 60) {
				flush();
			}
			else {
				List<String> services = List.copyOf(new TreeMap<>(this.system.instances("product-service")).keySet());
				killAndStart((percent < 90) ? services.get(this.random.nextInt(services.size())) : "redis");
			}
		}
	}

	private void flush() throws IOException {
		this.redis.flush();
		this.catalogue.count("FLUSHALL");
	}

	private void killAndStart(String process) throws IOException, InterruptedException {
		this.control.killAndStart(process);
		this.catalogue.count("kill -9 " + process);
	}

}
