package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Ratios of neighbouring measurements, with their median and its confidence interval by
 * the percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap,
 * 1993).
 *
 * @param all the ratio of each pair
 */
record Ratios(List<Double> all) {

	private static final int RESAMPLES = 10_000;

	private static final long SEED = 1;

	double median() {
		return median(this.all);
	}

	/** Returns the 95 percent confidence interval of the median as text. */
	String interval() {
		Random random = new Random(SEED);
		List<Double> medians = new ArrayList<>();
		for (int i = 0; i < RESAMPLES; i++) {
			medians.add(median(random.ints(this.all.size(), 0, this.all.size()).mapToObj(this.all::get).toList()));
		}
		List<Double> sorted = medians.stream().sorted().toList();
		return "%.2f–%.2f".formatted(sorted.get(RESAMPLES / 40), sorted.get(RESAMPLES - RESAMPLES / 40 - 1));
	}

	static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

}
