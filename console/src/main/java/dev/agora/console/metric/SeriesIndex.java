package dev.agora.console.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The series of one process. Each is parsed once, since a process sends the same series
 * in every reading.
 */
public final class SeriesIndex {

	/** A process that makes new series all the time must not fill the memory. */
	static final int MAX_SERIES = 20_000;

	private final Map<String, Series> byText = new HashMap<>();

	private final Map<String, List<Series>> byName = new HashMap<>();

	/**
	 * Returns the series that a text names; empty if the text is malformed or there are
	 * too many.
	 */
	synchronized Optional<Series> find(String text) {
		Series known = this.byText.get(text);
		if (known != null || this.byText.size() >= MAX_SERIES) {
			return Optional.ofNullable(known);
		}
		try {
			Series parsed = SeriesParser.parse(text);
			this.byText.put(text, parsed);
			this.byName.computeIfAbsent(parsed.name(), (name) -> new ArrayList<>()).add(parsed);
			return Optional.of(parsed);
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	synchronized List<Series> named(String name) {
		return List.copyOf(this.byName.getOrDefault(name, List.of()));
	}

}
