package dev.agora.platform.text;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.InvalidRequest;

/**
 * Converts text into normalization form C, so that texts that look and mean the same are
 * equal, whichever keyboard they come from. Records apply it before text is checked,
 * compared or stored.
 */
public final class Nfc {

	/** The limit of stream-safe text (UAX #15). */
	private static final int MAX_MARKS = 30;

	/** Normalization changes no character below this one. */
	private static final int FIRST_MARK = 0x300;

	private Nfc() {
	}

	/**
	 * Loads the tables of characters and normal forms, for which no event loop may wait.
	 */
	public static void loadTables() {
		TextForm.LINE.violation(of("e\u0301"));
	}

	/**
	 * Converts a text. A text with too many marks in a row stays as it is, since sorting
	 * them takes quadratic time; no form admits such a text.
	 * @param text the text; null stays null, for its constraints to refuse
	 */
	public static String of(String text) {
		return isCandidate(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
	}

	/** Converts each text of a list. */
	public static List<String> ofAll(List<String> texts) {
		return texts.stream().map(Nfc::of).toList();
	}

	/**
	 * Converts the keys and values of a map.
	 * @param field the name of the field with the map
	 * @throws InvalidRequest if two keys have the same normal form
	 */
	public static Map<String, String> ofEntries(Map<String, String> entries, String field) {
		Map<String, String> normal = new LinkedHashMap<>();
		entries.forEach((key, value) -> {
			String name = of(key);
			if (normal.containsKey(name)) {
				throw InvalidRequest.field(field, "must not have a name twice");
			}
			normal.put(name, of(value));
		});
		return normal;
	}

	private static boolean isCandidate(@Nullable String text) {
		return text != null && text.chars().anyMatch((unit) -> unit >= FIRST_MARK) && longestRun(text) <= MAX_MARKS;
	}

	private static int longestRun(String text) {
		int longest = 0;
		int run = 0;
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			run = isMark(text.codePointAt(i)) ? run + 1 : 0;
			longest = Math.max(longest, run);
		}
		return longest;
	}

	private static boolean isMark(int character) {
		int type = Character.getType(character);
		return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK
				|| type == Character.ENCLOSING_MARK;
	}

}
