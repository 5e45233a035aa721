package dev.agora.launcher.command.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The logs of all processes of a data directory, those of the previous run included. */
final class ProcessLogs {

	/** Bounds the stack trace that is kept of one entry. */
	private static final int MAX_LENGTH = 64 * 1024;

	private final Path folder;

	/**
	 * Creates the logs.
	 * @param folder the folder with the log files, which need not exist
	 */
	ProcessLogs(Path folder) {
		this.folder = folder;
	}

	/** Finds the entries that a condition accepts, in the order of their time. */
	List<LogEntry> find(Predicate<LogEntry> condition) throws IOException {
		List<LogEntry> found = new ArrayList<>();
		for (Path log : files()) {
			String process = log.getFileName().toString().replaceFirst("(\\.1)?\\.log$", "");
			read(log, process, condition, found);
		}
		found.sort(Comparator.comparing(LogEntry::time));
		return found;
	}

	private List<Path> files() throws IOException {
		if (!Files.isDirectory(this.folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(this.folder)) {
			return files.filter((file) -> file.getFileName().toString().endsWith(".log")).sorted().toList();
		}
	}

	private static void read(Path log, String process, Predicate<LogEntry> condition, List<LogEntry> found)
			throws IOException {
		Instant time = Instant.EPOCH;
		StringBuilder text = new StringBuilder();
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				@Nullable Instant start = LogEntry.timeOf(line);
				if (start != null) {
					add(new LogEntry(time, process, text.toString()), condition, found);
					time = start;
					text.setLength(0);
				}
				append(text, line);
			}
		}
		add(new LogEntry(time, process, text.toString()), condition, found);
	}

	private static void append(StringBuilder text, String line) {
		if (text.length() < MAX_LENGTH) {
			text.append(text.isEmpty() ? "" : System.lineSeparator()).append(line);
		}
	}

	private static void add(LogEntry entry, Predicate<LogEntry> condition, List<LogEntry> found) {
		if (condition.test(entry)) {
			found.add(entry);
		}
	}

}
