package dev.agora.measure;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * Loads a side until the measured figure no longer changes, since compilation takes
 * longer under a CPU quota.
 */
final class WarmUp {

	private static final int MAX_WINDOWS = 12;

	private static final int WINDOW_SECONDS = 10;

	private static final double SETTLED = 0.03;

	private WarmUp() {
	}

	/**
	 * Loads a side in windows of ten seconds, until the figure of one differs from that
	 * of the window before by less than 3 %.
	 * @param side the address to load
	 * @param upstream the process behind it, which is not counted as foreign load
	 * @param figure the figure that must no longer change
	 * @return the last window
	 */
	static Sample untilSettled(Side side, long upstream, ToDoubleFunction<Sample> figure)
			throws IOException, InterruptedException {
		Sample last = Wrk.load(side, upstream, WINDOW_SECONDS);
		for (int window = 1; window < MAX_WINDOWS; window++) {
			double before = figure.applyAsDouble(last);
			last = Wrk.load(side, upstream, WINDOW_SECONDS);
			System.out.printf("warming %s: %.0f µs of CPU a request, %.0f requests/s%n", side.name(), last.cost(),
					last.perSecond());
			if (Math.abs(figure.applyAsDouble(last) - before) < SETTLED * before) {
				return last;
			}
		}
		System.out.println(side.name() + " did not settle, probably because other processes use the machine.");
		return last;
	}

}
