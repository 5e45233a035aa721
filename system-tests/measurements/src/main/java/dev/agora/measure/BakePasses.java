package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.HdrHistogram.Histogram;

/** Measures the pages of two instances in turn. */
final class BakePasses {

	static final Map<String, String> GZIP = Map.of("Accept-Encoding", "gzip");

	private static final int READERS = 16;

	private final Experiment.Run run;

	private final RunningSystem.Instance ahead;

	private final RunningSystem.Instance perRequest;

	private final ServiceMeters aheadMeters;

	private final ServiceMeters perRequestMeters;

	BakePasses(Experiment.Run run, RunningSystem.Instance ahead, RunningSystem.Instance perRequest)
			throws IOException, InterruptedException {
		this.run = run;
		this.ahead = ahead;
		this.perRequest = perRequest;
		List<RunningSystem.Instance> stores = ServiceMeters.storesOf(run.system(), "mongodb", "redis");
		int seconds = run.quick() ? 3 : 10;
		this.aheadMeters = ServiceMeters.calibrated(List.of(ahead), stores, seconds);
		this.perRequestMeters = ServiceMeters.calibrated(List.of(perRequest), stores, seconds);
	}

	/** Measures the CPU time of pages, ahead and per request. */
	Pairs<CpuCost> measure(List<String> paths) throws IOException, InterruptedException {
		SteadyCost.await(this.run, "pages ahead", () -> read(this.ahead, this.aheadMeters, paths));
		SteadyCost.await(this.run, "pages per request", () -> read(this.perRequest, this.perRequestMeters, paths));
		return Pairs.measure(0, this.run.quick() ? 3 : 7, () -> read(this.ahead, this.aheadMeters, paths),
				() -> read(this.perRequest, this.perRequestMeters, paths));
	}

	private CpuCost read(RunningSystem.Instance instance, ServiceMeters meters, List<String> paths)
			throws IOException, InterruptedException {
		try (Readers readers = new Readers(List.of(URI.create(instance.url())), paths, READERS, GZIP)) {
			meters.start();
			long before = readers.responses();
			TimeUnit.SECONDS.sleep(seconds());
			CpuCost cost = meters.stop(readers.responses() - before);
			if (readers.failures() > 0) {
				throw new Problem(readers.failures() + " pages could not be read.");
			}
			return cost;
		}
	}

	private int seconds() {
		return this.run.quick() ? 3 : 8;
	}

	/** Returns the pages a second of a side, by its CPU time on one core. */
	static double perSecond(List<CpuCost> costs) {
		return 1e6 / CpuCost.median(costs, CpuCost::micros);
	}

	/** Measures latencies at a rate, ahead and per request, in microseconds. */
	List<Histogram> latencies(String path, double perSecond) {
		int rate = Math.max(1, (int) perSecond);
		return Stream.of(this.ahead, this.perRequest).map((instance) -> {
			List<URI> address = List.of(URI.create(instance.url() + path));
			OpenLoop.run(address, rate, 2, GZIP);
			return latencies(OpenLoop.run(address, rate, this.run.quick() ? 5 : 20, GZIP));
		}).toList();
	}

	private static Histogram latencies(OpenLoop.Outcome outcome) {
		if (outcome.failed() > 0) {
			throw new Problem("Pages could not be read: " + outcome.failures());
		}
		return outcome.latencies();
	}

}
