package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The measurements of two sides in pairs, in the order A B B A, so that a drift of the
 * machine hits both.
 *
 * @param one the measurements of the first side
 * @param other those of the second side
 */
record Pairs<T>(List<T> one, List<T> other) {

	/**
	 * Measures two sides.
	 * @param warmUps the first pairs, which do not count
	 * @param pairs the pairs that count
	 */
	static <T> Pairs<T> measure(int warmUps, int pairs, Measurement<T> one, Measurement<T> other)
			throws IOException, InterruptedException {
		Pairs<T> measured = new Pairs<>(new ArrayList<>(), new ArrayList<>());
		for (int pair = -warmUps; pair < pairs; pair++) {
			boolean swapped = pair % 2 != 0;
			T first = (swapped ? other : one).run();
			T second = (swapped ? one : other).run();
			if (pair >= 0) {
				measured.one.add(swapped ? second : first);
				measured.other.add(swapped ? first : second);
			}
		}
		return measured;
	}

	/** A measurement of one side. */
	interface Measurement<T> {

		T run() throws IOException, InterruptedException;

	}

}
