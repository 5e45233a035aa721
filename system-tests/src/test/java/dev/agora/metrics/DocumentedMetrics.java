package dev.agora.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tables of metrics in {@code docs/metrics.md}. */
public final class DocumentedMetrics {

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `([a-z]\\w*)` \\| (\\w+) \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$");

	private static final Pattern TAG = Pattern.compile("`(\\w+)`");

	private static final Map<String, String> UNITS = Map.of("_seconds", "seconds", "_bytes", "bytes");

	private final Map<String, MatchResult> rows = new TreeMap<>();

	/**
	 * Reads the tables.
	 * @param page the text of the page
	 */
	public DocumentedMetrics(String page) {
		ROW.matcher(page).results().forEach((row) -> this.rows.put(row.group(1), row));
	}

	/** Finds the differences between the tables and what a system shows. */
	public List<String> differencesFrom(ShownMetrics shown) {
		List<String> differences = new ArrayList<>();
		this.rows.forEach((name, row) -> compare(name, row, shown, differences));
		shown.types()
			.keySet()
			.stream()
			.filter((name) -> !this.rows.containsKey(name) && !this.rows.containsKey(name.replaceFirst("_max$", "")))
			.forEach((name) -> differences.add(name + " is not documented."));
		return differences;
	}

	private static void compare(String name, MatchResult row, ShownMetrics shown, List<String> differences) {
		String type = shown.types().get(name);
		if (type == null) {
			differences.add("No process shows " + name + ".");
			return;
		}
		if (!type.equals(row.group(2))) {
			differences.add(name + " is a " + type + ", not a " + row.group(2) + ".");
		}
		if (!shown.tagsOf(name).equals(tags(row.group(3)))) {
			differences.add(name + " has the tags " + shown.tagsOf(name) + ", not " + tags(row.group(3)) + ".");
		}
		UNITS.forEach((suffix, unit) -> {
			if (name.endsWith(suffix) != row.group(4).strip().equals(unit)) {
				differences.add(name + " has another unit than" + row.group(4) + ".");
			}
		});
	}

	private static Set<String> tags(String cell) {
		return new TreeSet<>(TAG.matcher(cell).results().map((tag) -> tag.group(1)).toList());
	}

}
