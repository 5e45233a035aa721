package dev.agora.platform.text;

import java.util.Optional;

/** What kind of text a field takes; the rules are those of the contract. */
public enum TextForm {

	/** Any characters, but no half of a surrogate pair: what is only compared. */
	ANY,

	/** Several lines, as in a post. */
	TEXT,

	/** One line, as in a name, a title or a tag. */
	LINE;

	/** More than the script of any language stacks. */
	public static final int MOST_MARKS = 6;

	/** As long as the tags of a flag get, with the one that ends them. */
	public static final int MOST_TAGS = 7;

	/** Why a text is not of this form; empty if it is. */
	public Optional<String> fault(String text) {
		int[] characters = text.codePoints().toArray();
		int marks = 0;
		int tags = 0;
		for (int i = 0; i < characters.length; i++) {
			marks = Characters.MARKS.contains(characters[i]) ? marks + 1 : 0;
			tags = Characters.TAGS.contains(characters[i]) ? tags + 1 : 0;
			if (isRefused(characters, i) || (this != ANY && isStrayTag(characters, i, tags))) {
				return Optional.of("must not have the character U+%04X%s".formatted(characters[i], at(i)));
			}
			if (this != ANY && marks > MOST_MARKS) {
				return Optional
					.of("must not have more than %d combining marks in a row%s".formatted(MOST_MARKS, at(i)));
			}
		}
		return Optional.empty();
	}

	/** Whether there is something to see in a text. */
	public static boolean isVisible(String text) {
		return text.codePoints().anyMatch((character) -> !Characters.UNSEEN.contains(character));
	}

	private boolean isRefused(int[] characters, int i) {
		return switch (this) {
			case ANY -> characters[i] >= Character.MIN_SURROGATE && characters[i] <= Character.MAX_SURROGATE;
			case TEXT -> Characters.REFUSED.contains(characters[i]);
			case LINE -> Characters.REFUSED.contains(characters[i]) || Characters.TEXT_ONLY.contains(characters[i])
					|| (i == 0 && Characters.NOT_FIRST.contains(characters[i])) || isStrayJoiner(characters, i);
		};
	}

	/** One that joins nothing, or comes after another. */
	private static boolean isStrayJoiner(int[] characters, int i) {
		if (i == 0 || !Characters.JOINERS.contains(characters[i])) {
			return false;
		}
		return Characters.JOINERS.contains(characters[i - 1]) || (Characters.UNJOINED.contains(characters[i - 1])
				&& (i + 1 == characters.length || Characters.UNJOINED.contains(characters[i + 1])));
	}

	private static boolean isStrayTag(int[] characters, int i, int tags) {
		boolean first = tags == 1;
		return tags > MOST_TAGS || (first && (i == 0 || characters[i - 1] != Characters.FLAG));
	}

	private static String at(int i) {
		return " (character %d)".formatted(i + 1);
	}

}
