package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A measurement of some instances that share a load.
 *
 * @param instances the number of instances
 * @param work what they did
 * @param cpu the CPU seconds of each kind of process
 * @param quotaUse the CPU time of each instance over its quota
 * @param throttled the share of the periods in which the quota of an instance was used up
 */
record ClonePoint(int instances, Work work, Map<String, Double> cpu, List<Double> quotaUse, List<Double> throttled) {

	/** The processes whose number changes. */
	static final String INSTANCES = "instances";

	/** The process that sends the requests. */
	static final String CLIENT = "load client";

	private static final double THROTTLED = 0.95;

	private static final double QUOTA_ERROR = 0.03;

	private static final double COST_CHANGE = 0.05;

	private static final double SHARED_CORES = 0.6;

	private static final double CLIENT_CORES = 0.5;

	/** Returns the operations a second. */
	double throughput() {
		return this.work.operations() / this.work.seconds();
	}

	/** Returns the CPU seconds of the instances for an operation. */
	double cost() {
		return perThousand(INSTANCES) / 1_000;
	}

	/** Returns the CPU seconds of a kind of process for 1,000 operations. */
	double perThousand(String process) {
		return this.cpu.getOrDefault(process, 0.0) / this.work.operations() * 1_000;
	}

	/** Returns the cores that a kind of process used. */
	double cores(String process) {
		return this.cpu.getOrDefault(process, 0.0) / this.work.seconds();
	}

	/**
	 * Returns why the point says nothing about the instances; empty if it counts.
	 * @param costOfOne the CPU seconds of a single instance for an operation
	 * @param tolerance how much wider the bounds are than usual, 1 if they are not
	 */
	List<String> rejections(double costOfOne, double tolerance) {
		List<String> reasons = new ArrayList<>();
		double least = this.throttled.stream().mapToDouble(Double::doubleValue).min().orElse(0);
		if (1 - least > tolerance * (1 - THROTTLED)) {
			reasons.add("an instance was idle in %.0f %% of its periods".formatted(100 * (1 - least)));
		}
		if (this.quotaUse.stream().anyMatch((use) -> Math.abs(use - 1) > tolerance * QUOTA_ERROR)) {
			reasons.add("an instance used another time than its quota");
		}
		if (Math.abs(cost() / costOfOne - 1) > tolerance * COST_CHANGE) {
			reasons.add("an operation cost %.2f times as much as with one instance".formatted(cost() / costOfOne));
		}
		this.cpu.keySet().stream().filter(this::isBusy).forEach((process) -> reasons.add(process + " is busy"));
		if (this.work.failed() > 0) {
			reasons.add(this.work.failed() + " requests failed");
		}
		return reasons;
	}

	private boolean isBusy(String process) {
		return !process.equals(INSTANCES) && cores(process) > (process.equals(CLIENT) ? CLIENT_CORES : SHARED_CORES);
	}

	/**
	 * The work of some instances.
	 *
	 * @param operations the completed operations
	 * @param failed the failed requests
	 * @param seconds the time
	 */
	record Work(double operations, long failed, double seconds) {
	}

}
