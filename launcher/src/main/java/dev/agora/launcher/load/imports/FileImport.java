package dev.agora.launcher.load.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

import me.tongfei.progressbar.ProgressBar;
import tools.jackson.databind.JsonNode;

/**
 * Imports items as jobs of a service, and shows the progress. Each job imports a part of
 * the items, which is well below the limits of an import.
 *
 * @param <T> the type of an item
 */
public final class FileImport<T> {

	/** The maximum number of items of a part. */
	public static final int MAX_ITEMS = 100_000;

	/** The maximum number of characters of a part, each of at most three bytes. */
	private static final int MAX_LENGTH = 8 << 20;

	/** The maximum number of characters of an item in an error. */
	private static final int MAX_SHOWN = 80;

	private final ImportJob jobs;

	private final Function<T, String> format;

	/**
	 * Creates an import.
	 * @param format writes an item as one line
	 */
	public FileImport(ImportJob jobs, Function<T, String> format) {
		this.jobs = jobs;
		this.format = format;
	}

	/** Imports items, and returns those that were refused. */
	public Refusals<T> run(List<T> items) throws InterruptedException {
		Refusals<T> refusals = Refusals.none();
		if (items.isEmpty()) {
			return refusals;
		}
		List<String> lines = items.stream().map(this.format).toList();
		try (ProgressBar bar = ProgressBars.create(this.jobs.kind().toString(), items.size())) {
			for (int first = 0; first < lines.size();) {
				int begin = first;
				int end = endOfPart(lines, begin);
				JsonNode result = this.jobs.run(lines.subList(begin, end), (done) -> bar.stepTo(begin + done));
				refusals = refusals.plus(toRefusals(items.subList(begin, end), result));
				bar.stepTo(end);
				first = end;
			}
		}
		return refusals;
	}

	/**
	 * Finds the end of the part that begins with a line, which has at least this line.
	 */
	private static int endOfPart(List<String> lines, int begin) {
		int end = begin;
		int length = 0;
		while (end < lines.size() && end - begin < MAX_ITEMS && (end == begin || length < MAX_LENGTH)) {
			length += lines.get(end).length() + 1;
			end++;
		}
		return end;
	}

	private Refusals<T> toRefusals(List<T> items, JsonNode result) {
		int failed = result.path("failed").asInt();
		TreeMap<Integer, T> known = new TreeMap<>();
		List<String> errors = new ArrayList<>();
		result.path("errors").forEach((error) -> {
			int line = error.path("line").asInt();
			T item = items.get(line - 1);
			known.put(line, item);
			errors.add(describe(item, error));
		});
		return new Refusals<>(failed, (known.size() < failed) ? items : List.copyOf(known.values()), errors);
	}

	private String describe(T item, JsonNode error) {
		String line = this.format.apply(item);
		String shown = (line.length() > MAX_SHOWN) ? line.substring(0, MAX_SHOWN) + "…" : line;
		return this.jobs.kind() + ": " + shown + ": " + error.path("field").asString("") + " "
				+ error.path("message").asString("");
	}

}
