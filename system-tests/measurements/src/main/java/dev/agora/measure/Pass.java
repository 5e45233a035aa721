package dev.agora.measure;

import java.util.Map;
import java.util.Objects;

/**
 * One turn of every side.
 *
 * @param samples by the side's name
 */
record Pass(Map<String, Sample> samples) {

	Sample of(String side) {
		return Objects.requireNonNull(this.samples.get(side), side);
	}

	/** Whether nothing else was busy meanwhile. */
	boolean isQuiet(double foreignCores) {
		return this.samples.values().stream().allMatch((sample) -> sample.elsewhere() < foreignCores);
	}

}
