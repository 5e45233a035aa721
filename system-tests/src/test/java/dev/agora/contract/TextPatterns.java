package dev.agora.contract;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.agora.platform.text.Characters;
import dev.agora.platform.text.CodePoints;
import dev.agora.platform.text.TextForm;

/**
 * The rules of {@code platform.text} as the regular expressions of the contract. They use
 * ranges, which every engine with Unicode has, and no properties, whose tables differ.
 */
final class TextPatterns {

	private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-F]{4})");

	private TextPatterns() {
	}

	/**
	 * Matches any character or sequence that a text must not have. The first group
	 * rejects plain ASCII quickly.
	 */
	static String notText() {
		String tags = inside(Characters.TAGS);
		String flag = Character.toString(Characters.FLAG);
		return "(?![%s])(?:[%s]|[%s]{%d}|[%s]{%d})|(?:^|[^%s%s])[%s]".formatted(range("20-7E"),
				inside(Characters.REFUSED), inside(Characters.MARKS), TextForm.MAX_MARKS + 1, tags,
				TextForm.MAX_TAGS + 1, flag, tags, tags);
	}

	/** Matches any character or sequence that a line must not have. */
	static String notLine() {
		String joiners = inside(Characters.JOINERS);
		String unjoined = inside(Characters.UNJOINED);
		return "[%s]|^[%s]|[%s]{2}|[%s][%s](?![^%s])".formatted(inside(Characters.TEXT_ONLY),
				inside(Characters.NOT_FIRST), joiners, unjoined, joiners, unjoined);
	}

	/** Matches a visible character. Plain ASCII, the usual case, comes first. */
	static String visible() {
		return "[%s]|[^%s]".formatted(range("21-7E"), inside(Characters.INVISIBLE));
	}

	/**
	 * Returns the code points that a pattern names, and the one after each. Between two
	 * of them, no pattern distinguishes any.
	 */
	static BitSet boundaries() {
		BitSet boundaries = new BitSet();
		String patterns = ESCAPE.matcher(notText() + notLine() + visible())
			.replaceAll((escape) -> Matcher
				.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16)) + " "));
		patterns.codePoints().forEach((named) -> boundaries.set(named, named + 2));
		return boundaries;
	}

	private static String inside(CodePoints set) {
		return Stream.of(set.toString().split(" ", -1)).map(TextPatterns::range).collect(Collectors.joining());
	}

	private static String range(String hex) {
		return Stream.of(hex.split("-", -1))
			.map((end) -> character(Integer.parseInt(end, 16)))
			.collect(Collectors.joining("-"));
	}

	/** All engines share an escape for the Basic Multilingual Plane only. */
	private static String character(int codePoint) {
		return Character.isBmpCodePoint(codePoint) ? "\\u%04X".formatted(codePoint) : Character.toString(codePoint);
	}

}
