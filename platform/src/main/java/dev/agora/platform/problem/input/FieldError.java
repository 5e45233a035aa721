package dev.agora.platform.problem.input;

/**
 * What is wrong with one field of the input.
 *
 * @param field the path of the field, as the client wrote it, shortened where it is very
 * long
 * @param message what it must be
 */
public record FieldError(String field, String message) {

	private static final int LONGEST = 200;

	private static final int REPLACEMENT = 0xFFFD;

	/** A name that a client made up may be too long, or have halves of characters. */
	public FieldError {
		field = field.codePoints()
			.limit(LONGEST)
			.map((character) -> isHalf(character) ? REPLACEMENT : character)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static boolean isHalf(int character) {
		return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
	}

}
