package dev.agora.measure;

import java.io.IOException;

/**
 * Publishes posts until their CPU time in feed-service no longer changes: the optimizing
 * compiler needs many thousands.
 */
final class PostWarmUp {

	/** As many as a new timeline of 500 ids gets before it is trimmed at 1,000. */
	static final int BATCH = 400;

	private static final int BATCHES = 6;

	private static final int MAX_WINDOWS = 15;

	private static final double STEADY = 0.03;

	private final FeedCircle circle;

	private final CpuMeter service;

	/**
	 * Creates a warm-up.
	 * @param service measures feed-service
	 */
	PostWarmUp(FeedCircle circle, CpuMeter service) {
		this.circle = circle;
		this.service = service;
	}

	/** Returns how many posts a second were delivered in the last window. */
	double run() throws IOException, InterruptedException {
		double last = Double.MAX_VALUE;
		double perSecond = 0;
		for (int window = 1; window <= MAX_WINDOWS; window++) {
			double before = last;
			this.service.reset();
			double seconds = 0;
			for (int batch = 0; batch < BATCHES; batch++) {
				this.circle.buildAll();
				this.service.start();
				seconds += this.circle.post(BATCH);
				this.service.stop();
			}
			last = this.service.seconds() / (BATCHES * BATCH) * 1e6;
			perSecond = BATCHES * BATCH / seconds;
			System.out.printf("warming: %.0f µs of CPU a post, %.0f posts/s%n", last, perSecond);
			if (Math.abs(last - before) < STEADY * before) {
				return perSecond;
			}
		}
		System.out.println("The posts did not become steady, probably since other processes use the machine.");
		return perSecond;
	}

}
