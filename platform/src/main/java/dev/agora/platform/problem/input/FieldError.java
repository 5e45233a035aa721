package dev.agora.platform.problem.input;

/**
 * An invalid field of the input.
 *
 * @param field the path of the field as the client wrote it, shortened if it is very long
 * @param message the constraint, as in "must be positive"
 */
public record FieldError(String field, String message) {

	private static final int MAX_LENGTH = 200;

	private static final int REPLACEMENT = 0xFFFD;

	/**
	 * Makes any name that a client sends printable: of limited length, in valid Unicode.
	 */
	public FieldError {
		field = field.codePoints()
			.limit(MAX_LENGTH)
			.map((character) -> isSurrogate(character) ? REPLACEMENT : character)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static boolean isSurrogate(int character) {
		return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
	}

}
