package dev.agora.measure.experiment;

/**
 * The claim of an experiment, stated before it runs.
 *
 * @param name the name of the experiment
 * @param text the claim, as a sentence
 * @param refutation what would prove the claim wrong
 * @param fault the fault that can be planted, which the verdict must show
 * @param effort what a run takes
 */
public record Claim(String name, String text, String refutation, String fault, Effort effort) {

	/** Returns what is known before the experiment runs, in lines. */
	public String announcement() {
		return """
				%s: %s
				  It would be refuted by: %s
				  It takes %s, or %s with --quick, and needs %s.
				  The fault of --plant: %s.""".formatted(this.name, this.text, this.refutation, this.effort.full(),
				this.effort.quick(), this.effort.needs(), this.fault);
	}

	/**
	 * The effort of a run.
	 *
	 * @param full how long it takes
	 * @param quick how long the quick form takes
	 * @param needs what it needs
	 */
	public record Effort(String full, String quick, String needs) {
	}

}
