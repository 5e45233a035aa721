package dev.agora.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds values without a comment above them. */
final class ValueComments {

	private static final Pattern KEY = Pattern.compile("( *)([\\w-]+):(.*)");

	private ValueComments() {
	}

	/** Returns the paths of all keys that have a value and no comment. */
	static List<String> missingIn(String yaml) {
		List<String> missing = new ArrayList<>();
		Deque<String> path = new ArrayDeque<>();
		String above = "";
		for (String line : yaml.lines().toList()) {
			Matcher key = KEY.matcher(line);
			if (key.matches()) {
				while (path.size() > key.group(1).length() / 2) {
					path.removeLast();
				}
				path.addLast(key.group(2));
				if (!key.group(3).isBlank() && !above.strip().startsWith("#")) {
					missing.add(String.join(".", path));
				}
			}
			above = line;
		}
		return missing;
	}

}
