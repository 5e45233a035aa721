package dev.agora.chart;

import java.util.List;
import java.util.stream.Stream;

/**
 * What every rendering must keep.
 *
 * @param name what is asked, as a sentence
 * @param check finds what breaks it
 */
record Rule(String name, Check check) {

	List<String> brokenBy(Rendering rendering) {
		return this.check.brokenBy(rendering).toList();
	}

	@Override
	public String toString() {
		return this.name;
	}

	/** Finds what breaks a rule, a sentence each. */
	interface Check {

		Stream<String> brokenBy(Rendering rendering);

	}

}
