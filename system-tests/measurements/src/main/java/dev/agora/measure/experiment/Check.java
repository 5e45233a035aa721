package dev.agora.measure.experiment;

/**
 * A part of a verdict.
 *
 * @param text what was required and what was found
 * @param holds whether the requirement holds
 */
public record Check(String text, boolean holds) {

	/** Returns the text with its result. */
	public String line() {
		return (this.holds ? "holds: " : "fails: ") + this.text;
	}

}
