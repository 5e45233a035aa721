package dev.agora.chart;

import java.util.List;
import java.util.stream.Stream;

/**
 * A rule that every rendering must comply with.
 *
 * @param name the rule, as a sentence
 * @param check finds the violations
 */
record Rule(String name, Check check) {

	List<String> violationsIn(Rendering rendering) {
		return this.check.violationsIn(rendering).toList();
	}

	@Override
	public String toString() {
		return this.name;
	}

	/** Finds the violations of a rule, each as a sentence. */
	interface Check {

		Stream<String> violationsIn(Rendering rendering);

	}

}
