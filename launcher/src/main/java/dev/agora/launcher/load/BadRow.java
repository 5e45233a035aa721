package dev.agora.launcher.load;

/**
 * An invalid row of a file.
 *
 * @param line the number of its line, from 1
 * @param reason why it is invalid
 */
record BadRow(long line, String reason) {

	@Override
	public String toString() {
		return "line " + this.line + ": " + this.reason;
	}

}
