package dev.agora.platform.settings;

import java.util.List;

/** Thrown if a process has settings under old names. */
final class RenamedSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param instructions the instruction for the operator, one for each setting
	 */
	RenamedSettingsException(List<String> instructions) {
		super(String.join(System.lineSeparator(), instructions));
	}

}
