package dev.agora.launcher.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.agora.launcher.root.Problem;

/**
 * Reads a file of edges, {@code a b} in each line, as members who follow each other.
 */
final class EdgeFile {

	/** The beginning of the handle of each member. */
	static final String PREFIX = "reed_";

	private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,25}");

	private EdgeFile() {
	}

	static ParsedRows<Follow> read(Path file) throws IOException {
		List<Follow> follows = new ArrayList<>();
		List<ParsedRows.BadRow> bad = new ArrayList<>();
		List<String> lines = CsvRecords.lines(file);
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i).strip();
			if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("%")) {
				read(i + 1L, line, follows, bad);
			}
		}
		if (follows.isEmpty()) {
			throw new Problem(file + " is not a list of edges: no line consists of two names.");
		}
		return new ParsedRows<>(follows, bad);
	}

	private static void read(long number, String line, List<Follow> follows, List<ParsedRows.BadRow> bad) {
		String[] names = line.split("\\s+", -1);
		if (names.length != 2) {
			bad.add(new ParsedRows.BadRow(number, names.length + " names instead of 2"));
		}
		else if (!NAME.matcher(names[0]).matches() || !NAME.matcher(names[1]).matches()) {
			bad.add(new ParsedRows.BadRow(number, "a name has 1 to 25 characters of a-z, 0-9 and _"));
		}
		else if (names[0].equals(names[1])) {
			bad.add(new ParsedRows.BadRow(number, names[0] + " cannot follow itself"));
		}
		else {
			follows.add(new Follow(PREFIX + names[0], PREFIX + names[1]));
			follows.add(new Follow(PREFIX + names[1], PREFIX + names[0]));
		}
	}

}
