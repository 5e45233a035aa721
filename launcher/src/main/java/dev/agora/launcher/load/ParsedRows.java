package dev.agora.launcher.load;

import java.util.List;

/**
 * The rows of a file.
 *
 * @param good the valid rows, parsed
 * @param bad the invalid rows
 * @param <T> the type of a parsed row
 */
record ParsedRows<T>(List<T> good, List<BadRow> bad) {

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

}
