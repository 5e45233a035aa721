package dev.agora.measure;

import java.util.List;

/**
 * A part of the experiment: one store was cut off.
 *
 * @param store the store
 * @param cut when it was cut off, in seconds since the start of the part
 * @param restored when it was ready again
 * @param end when the part ended
 * @param samples the reads
 */
record CapPart(String store, double cut, double restored, double end, List<CapSample> samples) {

	/** The phases of a part. */
	static final List<String> PHASES = List.of("before", "during", "after");

	/** Lists the reads of a phase. */
	List<CapSample> of(String phase) {
		return this.samples.stream().filter((sample) -> phase.equals(phaseOf(sample.second()))).toList();
	}

	private String phaseOf(double second) {
		return (second < this.cut) ? "before" : (second < this.restored) ? "during" : "after";
	}

}
