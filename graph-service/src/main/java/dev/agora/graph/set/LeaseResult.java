package dev.agora.graph.set;

/** The result of trying to acquire the lease of a set. */
enum LeaseResult {

	/** The caller has the lease and is to load the set. */
	GRANTED,
	/** Another caller loads the set. */
	BUSY,
	/** The set is whole. */
	WHOLE,
	/** The set is too large to be cached. */
	TOO_LARGE;

	static LeaseResult of(String letter) {
		return switch (letter) {
			case "G" -> GRANTED;
			case "B" -> BUSY;
			case "W" -> WHOLE;
			case "L" -> TOO_LARGE;
			default -> throw new IllegalStateException("The script returned " + letter + ".");
		};
	}

}
