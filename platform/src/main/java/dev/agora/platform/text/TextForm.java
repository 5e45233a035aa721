package dev.agora.platform.text;

import java.util.Optional;

/** The form of the text in a field, by the rules of the contract. */
public enum TextForm {

	/** Any characters but lone surrogates, for a text that is only compared. */
	ANY,

	/** Several lines, such as a post. */
	TEXT,

	/** One line, such as a name, a title or a tag. */
	LINE;

	/** The maximum number of marks in a row, more than any language needs. */
	public static final int MAX_MARKS = 6;

	/** The maximum number of tags in a flag, including the final one. */
	public static final int MAX_TAGS = 7;

	/** The reason why a text does not have this form; empty if it does. */
	public Optional<String> violation(String text) {
		int[] characters = text.codePoints().toArray();
		int marks = 0;
		int tags = 0;
		for (int i = 0; i < characters.length; i++) {
			marks = Characters.MARKS.contains(characters[i]) ? marks + 1 : 0;
			tags = Characters.TAGS.contains(characters[i]) ? tags + 1 : 0;
			if (isRefused(characters, i) || (this != ANY && isStrayTag(characters, i, tags))) {
				return Optional.of("must not have the character U+%04X%s".formatted(characters[i], at(i)));
			}
			if (this != ANY && marks > MAX_MARKS) {
				return Optional.of("must not have more than %d combining marks in a row%s".formatted(MAX_MARKS, at(i)));
			}
		}
		return Optional.empty();
	}

	/** Whether a text has any visible character. */
	public static boolean isVisible(String text) {
		return text.codePoints().anyMatch((character) -> !Characters.INVISIBLE.contains(character));
	}

	private boolean isRefused(int[] characters, int i) {
		return switch (this) {
			case ANY -> characters[i] >= Character.MIN_SURROGATE && characters[i] <= Character.MAX_SURROGATE;
			case TEXT -> Characters.REFUSED.contains(characters[i]);
			case LINE -> Characters.REFUSED.contains(characters[i]) || Characters.TEXT_ONLY.contains(characters[i])
					|| (i == 0 && Characters.NOT_FIRST.contains(characters[i])) || isStrayJoiner(characters, i);
		};
	}

	/** Whether a joiner joins nothing, or follows another one. */
	private static boolean isStrayJoiner(int[] characters, int i) {
		if (i == 0 || !Characters.JOINERS.contains(characters[i])) {
			return false;
		}
		return Characters.JOINERS.contains(characters[i - 1]) || (Characters.UNJOINED.contains(characters[i - 1])
				&& (i + 1 == characters.length || Characters.UNJOINED.contains(characters[i + 1])));
	}

	private static boolean isStrayTag(int[] characters, int i, int tags) {
		boolean first = tags == 1;
		return tags > MAX_TAGS || (first && (i == 0 || characters[i - 1] != Characters.FLAG));
	}

	private static String at(int i) {
		return " (character %d)".formatted(i + 1);
	}

}
