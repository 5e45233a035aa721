package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The passes of {@link MutualFriendsCost}: each has a load of graph-service between two
 * runs of redis-benchmark. A pass does not count if other processes were busy.
 */
final class MutualFriendsPasses {

	private static final double FOREIGN_CORES = 0.5;

	private final boolean anyLoad;

	private final List<Sample> service = new ArrayList<>();

	private final List<Sample> redis = new ArrayList<>();

	private final List<Double> ratios = new ArrayList<>();

	private int passes;

	/**
	 * Creates an empty list.
	 * @param anyLoad whether passes count during which other processes were busy
	 */
	MutualFriendsPasses(boolean anyLoad) {
		this.anyLoad = anyLoad;
	}

	/**
	 * Adds a pass.
	 * @param load the load of graph-service
	 * @param before the run of redis-benchmark before it
	 * @param after the run of redis-benchmark after it
	 */
	void add(Sample load, Sample before, Sample after) {
		this.passes++;
		double elsewhere = Math.max(load.elsewhere(), Math.max(before.elsewhere(), after.elsewhere()));
		boolean isCounted = this.anyLoad || elsewhere < FOREIGN_CORES;
		System.out.printf(
				"pass %d: graph-service %.0f/s, redis-benchmark %.0f/s and %.0f/s, other processes %.2f cores%s%n",
				this.passes, load.perSecond(), before.perSecond(), after.perSecond(), elsewhere,
				isCounted ? "" : ": busy, does not count");
		if (isCounted) {
			this.service.add(load);
			this.redis.addAll(List.of(before, after));
			this.ratios.add(load.perSecond() / ((before.perSecond() + after.perSecond()) / 2));
		}
	}

	void print() {
		if (this.ratios.isEmpty()) {
			throw new Problem("Other processes were busy during every pass. Repeat it on an idle machine.");
		}
		Ratios shares = new Ratios(this.ratios);
		System.out.printf("%d of %d passes count.%n", this.ratios.size(), this.passes);
		print("graph-service", this.service);
		print("redis-benchmark of SINTER", this.redis);
		System.out.printf("ratio %.2f (95 %%: %s)%n", shares.median(), shares.interval());
	}

	private static void print(String name, List<Sample> samples) {
		System.out.printf("%s: %.0f requests/s, %.1f us CPU a request, generator %.2f cores%n", name,
				median(samples, Sample::perSecond), median(samples, Sample::cost),
				median(samples, Sample::generatorCores));
	}

	private static double median(List<Sample> samples, ToDoubleFunction<Sample> figure) {
		return Ratios.median(samples.stream().mapToDouble(figure).boxed().toList());
	}

}
