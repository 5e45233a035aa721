package dev.agora.measure;

import java.util.Map;
import java.util.Objects;

/**
 * One measurement of every side.
 *
 * @param samples the samples by the side's name
 */
record Pass(Map<String, Sample> samples) {

	Sample of(String side) {
		return Objects.requireNonNull(this.samples.get(side), side);
	}

	/** Whether other processes used less than the given number of cores. */
	boolean isQuiet(double foreignCores) {
		return this.samples.values().stream().allMatch((sample) -> sample.elsewhere() < foreignCores);
	}

}
