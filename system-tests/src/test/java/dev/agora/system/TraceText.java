package dev.agora.system;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.agora.platform.testing.SpanReceiver.ReceivedSpan;

/** Shows a trace as an indented list with the times of its spans in milliseconds. */
final class TraceText {

	private TraceText() {
	}

	static String of(List<ReceivedSpan> spans) {
		long start = spans.stream().mapToLong(ReceivedSpan::start).min().orElse(0);
		List<String> ids = spans.stream().map(ReceivedSpan::id).toList();
		StringBuilder text = new StringBuilder();
		spans.stream()
			.filter((span) -> !ids.contains(span.parentId()))
			.forEach((root) -> append(text, root, spans, new Position(start, 0)));
		return text.toString();
	}

	private static void append(StringBuilder text, ReceivedSpan span, List<ReceivedSpan> all, Position position) {
		String group = span.attributes().getOrDefault("messaging.consumer.group.name", "");
		text.append(String.format(Locale.ROOT, "%8.1f %8.1f  %-18s %s%s %s%n", (span.start() - position.start()) / 1e6,
				(span.end() - span.start()) / 1e6, span.attributes().get("service.instance.id"),
				"  ".repeat(position.depth()), span.name(), group));
		for (ReceivedSpan child : all.stream()
			.filter((other) -> other.parentId().equals(span.id()))
			.sorted(Comparator.comparingLong(ReceivedSpan::start))
			.collect(Collectors.toList())) {
			append(text, child, all, new Position(position.start(), position.depth() + 1));
		}
	}

	/** Where a span stands: the start of its trace, and the number of its ancestors. */
	private record Position(long start, int depth) {
	}

}
