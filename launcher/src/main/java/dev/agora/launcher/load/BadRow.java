package dev.agora.launcher.load;

/**
 * A row of a file that cannot be used.
 *
 * @param line its line, from 1
 * @param reason what is wrong with it
 */
record BadRow(long line, String reason) {

	@Override
	public String toString() {
		return "line " + this.line + ": " + this.reason;
	}

}
