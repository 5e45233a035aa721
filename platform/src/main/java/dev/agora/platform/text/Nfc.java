package dev.agora.platform.text;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.problem.InvalidRequest;

/**
 * Normalization form C: what looks the same and means the same is the same, however a
 * keyboard has made it. Applied before text is checked, compared or stored.
 */
public final class Nfc {

	/** The bound of stream-safe text (UAX #15). */
	private static final int LONGEST_RUN = 30;

	/** Below it, nothing is composed or reordered. */
	private static final int FIRST_MARK = 0x300;

	private Nfc() {
	}

	/**
	 * Reads the tables of characters and of normal forms, which no event loop may wait
	 * for.
	 */
	public static void loadTables() {
		TextForm.LINE.fault(of("e\u0301"));
	}

	/**
	 * The normal form of a text. A longer run of marks than any text has is left as it
	 * is, since to sort it takes time by the square of its length; no form admits it.
	 * @param text the text; what is missing in a body is left for its constraints to tell
	 */
	public static String of(String text) {
		return isCandidate(text) ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
	}

	/** The normal forms of the texts of a list. */
	public static List<String> ofAll(List<String> texts) {
		return texts.stream().map(Nfc::of).toList();
	}

	/**
	 * A map with both keys and values in normal form.
	 * @param field the name of the field that the map is in
	 * @throws InvalidRequest if two keys are the same in normal form
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
		return text != null && text.chars().anyMatch((unit) -> unit >= FIRST_MARK) && longestRun(text) <= LONGEST_RUN;
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
