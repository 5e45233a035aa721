package dev.agora.platform.settings;

import java.util.List;

/** Thrown if a process has settings under old names. */
final class RenamedSettingsException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception.
	 * @param instructions tells the operator what to do, for each setting
	 */
	RenamedSettingsException(List<String> instructions) {
		super(String.join(System.lineSeparator(), instructions));
	}

}
