package dev.agora.measure.experiment;

/**
 * The end of an experiment.
 *
 * @param text what was found
 * @param isExpected whether that is what should be found
 */
public record Verdict(String text, boolean isExpected) {

	/**
	 * Returns the verdict of a single run.
	 * @param holds whether the claim holds
	 * @param planted whether a fault was planted, so that the claim must not hold
	 */
	public static Verdict of(boolean holds, boolean planted) {
		if (planted) {
			return new Verdict(holds ? "holds in spite of the planted fault, so its charts prove nothing"
					: "does not hold, as the planted fault requires", !holds);
		}
		return new Verdict(holds ? "holds" : "does not hold", holds);
	}

	/**
	 * Returns the verdict of a check, which is about the experiment: whether it can fail.
	 * @param holds whether the claim holds without the planted fault
	 * @param holdsPlanted whether it holds with the planted fault
	 */
	public static Verdict ofCheck(boolean holds, boolean holdsPlanted) {
		if (!holds) {
			return new Verdict("does not hold without the planted fault, so the check shows nothing", false);
		}
		return holdsPlanted ? new Verdict("holds also with the planted fault, so its charts prove nothing", false)
				: new Verdict("holds, and the planted fault turns the verdict", true);
	}

	/** Returns the verdict of an experiment that could not be measured. */
	public static Verdict ofProblem(String reason) {
		return new Verdict("not measured. " + reason, false);
	}

}
