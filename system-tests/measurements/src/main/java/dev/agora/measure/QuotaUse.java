package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far instances used their CPU quotas while a load ran.
 *
 * @param use the CPU time over what the quota allows, of each instance
 * @param throttled the share of the periods in which the quota was used up, of each
 * instance
 */
record QuotaUse(List<Double> use, List<Double> throttled) {

	private static final double THROTTLED = 0.95;

	private static final double QUOTA_ERROR = 0.03;

	/** Measures the limited instances of a group during some work. */
	static QuotaUse during(CloneGroup group, Work work) throws IOException, InterruptedException {
		List<CpuMeter> meters = group.limited().stream().map((instance) -> new CpuMeter(List.of(instance))).toList();
		List<Quota.Periods> before = group.periods();
		long start = System.nanoTime();
		for (CpuMeter meter : meters) {
			meter.start();
		}
		work.run();
		for (CpuMeter meter : meters) {
			meter.stop();
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		return new QuotaUse(group.quotaUse(meters.stream().map((meter) -> meter.seconds() / seconds).toList()),
				throttled(before, group.periods()));
	}

	/** Returns the share of the throttled periods of each instance between two counts. */
	static List<Double> throttled(List<Quota.Periods> before, List<Quota.Periods> after) {
		List<Double> throttled = new ArrayList<>();
		for (int number = 0; number < after.size(); number++) {
			throttled.add(after.get(number).throttledSince(before.get(number)));
		}
		return throttled;
	}

	/**
	 * Whether the quotas were the limit of the work.
	 * @param tolerance how much wider the bounds are than usual, 1 if they are not
	 */
	boolean isLimit(double tolerance) {
		return isThrottled(1 - tolerance * (1 - THROTTLED))
				&& this.use.stream().allMatch((used) -> Math.abs(used - 1) <= tolerance * QUOTA_ERROR);
	}

	/** Whether each instance used up its quota in at least this share of the periods. */
	boolean isThrottled(double share) {
		return this.throttled.stream().allMatch((periods) -> periods >= share);
	}

	/**
	 * Fails if an instance did not use up its quota in at least this share of the
	 * periods: then something else was the limit.
	 */
	void requireThrottled(double share) {
		if (!isThrottled(share)) {
			throw new Problem(
					"The CPU quotas were not the limit of the instances, so what they can serve is unknown: " + text());
		}
	}

	/** Returns the figures as a sentence. */
	String text() {
		return "quota used %s, throttled in %s of the periods".formatted(percent(this.use), percent(this.throttled));
	}

	private static List<String> percent(List<Double> parts) {
		return parts.stream().map((part) -> "%.0f %%".formatted(100 * part)).toList();
	}

	/** Some work. */
	interface Work {

		void run() throws IOException, InterruptedException;

	}

}
