package dev.agora.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws objects with the probability of Zipf's law: that of rank n in proportion to 1/n.
 */
final class Zipf {

	private static final long SEED = 5;

	private Zipf() {
	}

	/** Draws a number of times from some objects; the first has rank 1. */
	static List<String> draw(List<String> objects, int times) {
		double[] sums = new double[objects.size()];
		double sum = 0;
		for (int rank = 0; rank < sums.length; rank++) {
			sum += 1.0 / (rank + 1);
			sums[rank] = sum;
		}
		SplittableRandom random = new SplittableRandom(SEED);
		List<String> drawn = new ArrayList<>();
		for (int number = 0; number < times; number++) {
			int found = Arrays.binarySearch(sums, random.nextDouble() * sum);
			drawn.add(objects.get((found < 0) ? -found - 1 : found));
		}
		return Collections.unmodifiableList(drawn);
	}

}
