package dev.agora.launcher.command.trace;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a log: a line with its time, and the lines of a stack trace after it.
 *
 * @param time when it was written
 * @param process the name of the process
 * @param text the lines
 */
record LogEntry(Instant time, String process, String text) {

	private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*(?:Z|[+-]\\d\\d:\\d\\d)";

	/** A line of text begins with its time, and a line of JSON has a field for it. */
	private static final Pattern START = Pattern
		.compile("^(?:(" + TIME + ") |\\{.*?\"(?:@timestamp|timestamp|time)\":\"(" + TIME + ")\")");

	private static final Pattern TRACE = Pattern.compile("\"traceId\":\"([0-9a-f]{32})\"");

	/** Returns the time at which a line was written, or null if it continues another. */
	static @Nullable Instant timeOf(String line) {
		Matcher start = START.matcher(line);
		if (!start.find()) {
			return null;
		}
		try {
			return OffsetDateTime.parse((start.group(1) != null) ? start.group(1) : start.group(2)).toInstant();
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	/** Returns the trace of an entry in the access log, or null if it has none. */
	@Nullable String traceId() {
		Matcher trace = TRACE.matcher(this.text);
		return trace.find() ? trace.group(1) : null;
	}

	/**
	 * Accepts entries that have one of the words, and not only as a part of a longer one.
	 */
	static Predicate<LogEntry> containing(Set<String> words) {
		String choice = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
		Pattern word = Pattern.compile("(?<![A-Za-z0-9._-])(?:" + choice + ")(?![A-Za-z0-9_-])");
		return (entry) -> word.matcher(entry.text()).find();
	}

}
