package dev.agora.measure;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.agora.measure.history.History;
import dev.agora.measure.history.Level;
import dev.agora.measure.history.Outage;
import dev.agora.measure.history.Read;

/** A table of how the reads of a history were answered, by outage and level. */
final class HistoryReport {

	private static final String FORMAT = "%-18s %-9s %8s %8s %8s %9s %9s  %s%n";

	private HistoryReport() {
	}

	static String of(History history) {
		StringBuilder table = new StringBuilder();
		table.append("%d operations, %d reads, %d writes, %d outages%n".formatted(history.size(),
				history.reads().size(), history.writes().size(), history.outages().size()));
		table.append(FORMAT.formatted("unavailable", "level", "reads", "answered", "refused", "p50 ms", "p99 ms",
				"statuses"));
		Collection<Outage> outages = history.outages();
		append(table, "nothing", history, (read) -> outages.stream().noneMatch((outage) -> outage.touches(read)));
		outages.stream()
			.collect(Collectors.groupingBy(Outage::process, TreeMap::new, Collectors.toList()))
			.forEach((stopped, times) -> append(table, stopped, history,
					(read) -> times.stream().anyMatch((outage) -> outage.touches(read))));
		return table.toString();
	}

	private static void append(StringBuilder table, String process, History history, Predicate<Read> during) {
		for (Level level : Level.values()) {
			List<Read> reads = history.reads()
				.stream()
				.filter((read) -> read.level() == level && during.test(read))
				.toList();
			if (!reads.isEmpty()) {
				append(table, process, level, reads);
			}
		}
	}

	private static void append(StringBuilder table, String process, Level level, List<Read> reads) {
		long answered = reads.stream().filter(Read::isAnswered).count();
		TreeMap<Integer, Long> statuses = reads.stream()
			.collect(Collectors.groupingBy(Read::status, TreeMap::new, Collectors.counting()));
		table.append(FORMAT.formatted(process, level.header(), reads.size(), answered, reads.size() - answered,
				milliseconds(reads, 0.50), milliseconds(reads, 0.99), statuses));
	}

	private static String milliseconds(List<Read> reads, double share) {
		List<Long> times = reads.stream().map((read) -> read.end() - read.start()).sorted().toList();
		return "%.1f".formatted(times.get((int) (share * (times.size() - 1))) / 1e6);
	}

}
