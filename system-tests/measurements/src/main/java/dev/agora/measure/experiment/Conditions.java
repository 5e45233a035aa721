package dev.agora.measure.experiment;

import java.time.Instant;

/**
 * Under which conditions an experiment ran.
 *
 * @param at when it began
 * @param machine the machine and its load
 * @param commit the build
 * @param quick whether it was the quick form, whose figures are a trial only
 * @param planted whether the fault was planted
 */
public record Conditions(Instant at, String machine, String commit, boolean quick, boolean planted) {

	/** Returns the same conditions with another sentence about the machine. */
	public Conditions and(String sentence) {
		return new Conditions(this.at, this.machine + " " + sentence, this.commit, this.quick, this.planted);
	}

	/** Returns the conditions as sentences. */
	public String text() {
		return "%s. %s %s%s%s".formatted(this.at, this.machine, this.commit,
				this.quick ? " The quick form: a trial, its figures are not to be quoted." : "",
				this.planted ? " A fault was planted, so the claim must not hold." : "");
	}

}
