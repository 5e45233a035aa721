package dev.agora.metrics;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The metrics of all processes, in the text format of Prometheus.
 *
 * @param types the type of each metric by its name
 * @param series the values of each tag by the name of the series, which may be a part of
 * a metric such as its count
 * @param undefined the series that have no number
 */
public record ShownMetrics(Map<String, String> types, Map<String, Map<String, Set<String>>> series,
		Set<String> undefined) {

	private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

	private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:]\\w*)(?:\\{(.*)})? (\\S+)$");

	private static final Pattern TAG = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	/**
	 * Reads what the processes show.
	 * @param texts the text of each process
	 */
	public static ShownMetrics of(Collection<String> texts) {
		ShownMetrics shown = new ShownMetrics(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
		for (String text : texts) {
			TYPE.matcher(text).results().forEach((type) -> shown.types.put(type.group(1), type.group(2)));
			SAMPLE.matcher(text).results().forEach(shown::add);
		}
		return shown;
	}

	private void add(MatchResult sample) {
		Map<String, Set<String>> tags = this.series.computeIfAbsent(sample.group(1), (name) -> new TreeMap<>());
		if (sample.group(2) != null) {
			TAG.matcher(sample.group(2))
				.results()
				.forEach((tag) -> tags.computeIfAbsent(tag.group(1), (name) -> new TreeSet<>()).add(tag.group(2)));
		}
		if (sample.group(3).equals("NaN")) {
			this.undefined.add(sample.group());
		}
	}

	/** Returns the names of the tags of a metric, without those of all metrics. */
	Set<String> tagsOf(String metric) {
		Set<String> tags = new TreeSet<>();
		for (String suffix : new String[] { "", "_count", "_bucket" }) {
			tags.addAll(this.series.getOrDefault(metric + suffix, Map.of()).keySet());
		}
		tags.removeAll(Set.of("application", "le"));
		return tags;
	}

}
