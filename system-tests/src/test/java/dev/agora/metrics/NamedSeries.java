package dev.agora.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The series that alert rules and dashboards select, with their labels. */
public final class NamedSeries {

	/** The labels that Prometheus and the PodMonitor add. */
	private static final Set<String> OF_TARGETS = Set.of("namespace", "release", "pod", "component", "instance", "job");

	private static final Pattern SELECTION = Pattern.compile("\\b([a-z_:][a-z0-9_:]*)\\{(namespace=[^}]*)}");

	private static final Pattern RECORDED = Pattern.compile("record: (\\S+)");

	private static final Pattern CONDITION = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

	private final String text;

	/**
	 * Creates the series.
	 * @param objects the rules and dashboards as the chart renders them
	 */
	public NamedSeries(String objects) {
		this.text = objects.replace("\\\"", "\"");
	}

	/** Returns the number of selections. */
	public long count() {
		return SELECTION.matcher(this.text).results().count();
	}

	/** Finds the series, labels and values that a system does not show. */
	public List<String> missingIn(ShownMetrics shown) {
		Set<String> recorded = Set
			.copyOf(RECORDED.matcher(this.text).results().map((found) -> found.group(1)).distinct().toList());
		List<String> missing = new ArrayList<>();
		SELECTION.matcher(this.text)
			.results()
			.filter((selection) -> !selection.group(1).equals("up") && !recorded.contains(selection.group(1)))
			.forEach((selection) -> addMissing(selection, shown, missing));
		Set<String> labels = labelsOf(shown);
		GROUPING.matcher(this.text)
			.results()
			.flatMap((grouping) -> Pattern.compile("\\s*,\\s*").splitAsStream(grouping.group(1)))
			.filter((label) -> !OF_TARGETS.contains(label) && !labels.contains(label))
			.forEach((label) -> missing.add("No series has the label " + label + ", by which one is grouped."));
		return missing.stream().distinct().toList();
	}

	private static void addMissing(MatchResult selection, ShownMetrics shown, List<String> missing) {
		Map<String, Set<String>> tags = shown.series().get(selection.group(1));
		if (tags == null) {
			missing.add("No process shows " + selection.group(1) + ".");
			return;
		}
		CONDITION.matcher(selection.group(2))
			.results()
			.filter((condition) -> !OF_TARGETS.contains(condition.group(1)))
			.filter((condition) -> !isShown(condition, tags))
			.forEach((condition) -> missing.add(selection.group(1) + " never has " + condition.group() + "."));
	}

	/**
	 * A value that a dashboard fills in, and those of other conditions, may be absent.
	 */
	private static boolean isShown(MatchResult condition, Map<String, Set<String>> tags) {
		Set<String> values = tags.get(condition.group(1));
		boolean fixed = condition.group(2).equals("=") && !condition.group(3).startsWith("$");
		return values != null && (!fixed || values.contains(condition.group(3)));
	}

	private static Set<String> labelsOf(ShownMetrics shown) {
		return Set
			.copyOf(shown.series().values().stream().flatMap((tags) -> tags.keySet().stream()).distinct().toList());
	}

}
