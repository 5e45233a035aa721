package dev.agora.chart;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An expression of Prometheus's language, as far as the rules need it: the series that it
 * selects and the functions around them.
 *
 * @param text the expression
 */
record Promql(String text) {

	private static final String NAME = "[a-z_:][a-z0-9_:]*";

	private static final Pattern SELECTION = Pattern.compile("\\b(" + NAME + ")\\{([^}]*)}(\\[[^]]*])?");

	/** The names that begin a selection if no brace follows. */
	private static final Pattern BARE = Pattern
		.compile("\\b([a-z][a-z0-9]*_[a-z0-9_]+|agora:[a-z0-9_:]+)\\b(?!\\s*[({\\w:])");

	private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

	private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring)\\s*\\([^)]*\\)");

	/** Returns the series that the expression selects. */
	List<Selection> selections() {
		return SELECTION.matcher(this.text)
			.results()
			.map((found) -> new Selection(found.group(1), found.group(2), found.group(3) != null, before(found)))
			.toList();
	}

	/** Returns the names of series that are selected without labels. */
	List<String> unlabelled() {
		String names = GROUPING.matcher(QUOTED.matcher(SELECTION.matcher(this.text).replaceAll(" ")).replaceAll(" "))
			.replaceAll(" ");
		return BARE.matcher(names).results().map((found) -> found.group(1)).toList();
	}

	/** Returns whether each division has a divisor that is compared with zero. */
	boolean dividesSafely() {
		long divisions = count("/");
		return count("/\\s*\\(") == divisions && count("> 0\\)") >= divisions;
	}

	private long count(String pattern) {
		return Pattern.compile(pattern).matcher(this.text).results().count();
	}

	private String before(MatchResult found) {
		return this.text.substring(0, found.start()).stripTrailing();
	}

	/**
	 * Series that the expression selects.
	 *
	 * @param metric the name of the metric
	 * @param labels the conditions for the labels
	 * @param range whether a range of time is selected
	 * @param before the expression before it
	 */
	record Selection(String metric, String labels, boolean range, String before) {

		boolean isIn(String function) {
			return this.before.endsWith(function + "(");
		}

	}

}
