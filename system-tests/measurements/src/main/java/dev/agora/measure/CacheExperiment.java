package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import dev.agora.measure.CacheReads.Cost;
import dev.agora.measure.experiment.Chart;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.experiment.Table;

/** Shows that cached objects take the load off the store. */
final class CacheExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("cache",
			"Reads of cached products cost MongoDB at most a tenth of what the same reads cost it without the cache.",
			"More than 50 loads from MongoDB in 1,000 cached reads, or more than a tenth of its CPU time.",
			"Redis is flushed ten times a second", new Claim.Effort("five minutes", "two minutes", "nothing"));

	private static final double MAX_LOADS = 50;

	private static final double MAX_SHARE = 0.1;

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public String reading() {
		return "Products are read with the probability of Zipf's law: the most popular one a thousand times as often as "
				+ "the thousandth. The first chart compares the CPU time of MongoDB with the cache and without it, which "
				+ "is with strong reads, in each pair of measurements. The second one has the hit ratio over the memory "
				+ "that Redis may use, as a share of what all the products take: since few products are read often, a "
				+ "tenth of the memory serves most of the reads. The operations of MongoDB are those beyond what the service "
				+ "needs without requests. The counts of views are left out, which are written behind: at most one write of "
				+ "each product in two seconds, with the cache and without it. A system of --data has them.";
	}

	/** The views are not written to MongoDB before the end of the measurement. */
	@Override
	public Map<String, String> environment() {
		return Map.of("AGORA_VIEWS_INTERVAL", "1h");
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		CacheReads reads = new CacheReads(run);
		reads.warmUp();
		Pairs<Cost> costs = Pairs.measure(0, run.quick() ? 2 : 6, () -> reads.measure(true),
				() -> reads.measure(false));
		return findings(costs, new CacheMemory(reads).measure());
	}

	private static Findings findings(Pairs<Cost> costs, List<CacheMemory.Share> memory) {
		double loads = median(costs.one(), Cost::loadsPerThousand);
		double share = median(costs.one(), Cost::storeMicros) / median(costs.other(), Cost::storeMicros);
		List<Check> checks = List.of(
				new Check("%.1f loads from MongoDB in 1,000 cached reads, at most %.0f".formatted(loads, MAX_LOADS),
						loads <= MAX_LOADS),
				new Check("cached reads cost MongoDB %.3f of the CPU time of others, at most %.1f".formatted(share,
						MAX_SHARE), share <= MAX_SHARE));
		Table table = new Table(
				List.of("1,000 reads", "loads from MongoDB into the cache", "operations of MongoDB",
						"CPU ms of product-service", "CPU ms of MongoDB"),
				List.of(row("with the cache", costs.one()), row("without it", costs.other())));
		Table shares = new Table(List.of("memory of Redis", "hit ratio"),
				memory.stream().map(CacheMemory.Share::cells).toList());
		return new Findings(checks, List.of(table, shares), charts(costs, memory),
				Map.of("cached", costs.one(), "stored", costs.other(), "memory", memory));
	}

	private static List<String> charts(Pairs<Cost> costs, List<CacheMemory.Share> memory) {
		Chart cpu = new Chart("CPU time of MongoDB for a read", "pair of measurements", "CPU µs",
				List.of(Chart.Line.inTurn("with the cache", costs.one(), Cost::storeMicros),
						Chart.Line.inTurn("without it", costs.other(), Cost::storeMicros)));
		Chart hits = new Chart("Hit ratio over the memory of Redis", "memory, % of that of all products", "hits, %",
				List.of(Chart.Line.of("measured", memory, CacheMemory.Share::percent,
						(share) -> share.hitRatio() * 100)));
		return List.of(cpu.svg(), hits.svg());
	}

	private static List<String> row(String name, List<Cost> costs) {
		return List.of(name, "%.1f".formatted(median(costs, Cost::loadsPerThousand)),
				"%.1f".formatted(median(costs, Cost::operationsPerThousand)),
				"%.1f".formatted(median(costs, Cost::serviceMicros)),
				"%.1f".formatted(median(costs, Cost::storeMicros)));
	}

	private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
		return Ratios.median(costs.stream().map(figure::applyAsDouble).toList());
	}

}
