package dev.agora.measure.experiment;

import java.util.List;

/**
 * The findings of an experiment.
 *
 * @param checks the parts of the verdict
 * @param tables the figures
 * @param charts SVG elements and their captions
 * @param raw what was measured, as an object that can be written as JSON
 */
public record Findings(List<Check> checks, List<Table> tables, List<String> charts, Object raw) {

	/** Whether the claim holds. */
	public boolean hold() {
		return !this.checks.isEmpty() && this.checks.stream().allMatch(Check::holds);
	}

	/** Returns the verdict as a sentence. */
	public String verdict() {
		return hold() ? "The claim holds." : "The claim does not hold.";
	}

}
