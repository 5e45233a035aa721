package dev.agora.console.metric;

import java.util.HashMap;
import java.util.Map;

/** Parses a series in Prometheus' text format: {@code name{tag="value",…}}. */
final class SeriesParser {

	private final String text;

	private int at;

	private SeriesParser(String text) {
		this.text = text;
	}

	/** Throws an IllegalArgumentException if the text is no series. */
	static Series parse(String text) {
		int brace = text.indexOf('{');
		String name = (brace < 0) ? text : text.substring(0, brace);
		if (name.isEmpty() || !name.chars().allMatch(SeriesParser::isOfName)) {
			throw new IllegalArgumentException("no name");
		}
		return new Series(name, (brace < 0) ? Map.of() : new SeriesParser(text).tags(brace + 1));
	}

	/** Returns the index after the series with which a line begins. */
	static int endIn(String line) {
		int brace = line.indexOf('{');
		int blank = line.indexOf(' ');
		if (brace < 0 || (blank >= 0 && blank < brace)) {
			return blank;
		}
		boolean quoted = false;
		for (int i = brace + 1; i < line.length(); i++) {
			char character = line.charAt(i);
			if (quoted && character == '\\') {
				i++;
			}
			else if (character == '"') {
				quoted = !quoted;
			}
			else if (character == '}' && !quoted) {
				return i + 1;
			}
		}
		return -1;
	}

	private static boolean isOfName(int character) {
		return Character.isLetterOrDigit(character) || character == '_' || character == ':' || character == '.';
	}

	private Map<String, String> tags(int start) {
		Map<String, String> tags = new HashMap<>();
		this.at = start;
		while (peek() != '}') {
			int equals = this.text.indexOf('=', this.at);
			if (equals < 0) {
				throw new IllegalArgumentException("a tag without a value");
			}
			String key = this.text.substring(this.at, equals).strip();
			this.at = equals + 1;
			tags.put(key, value());
			while (peek() == ',' || peek() == ' ') {
				this.at++;
			}
		}
		return tags;
	}

	private char peek() {
		if (this.at >= this.text.length()) {
			throw new IllegalArgumentException("the tags do not end");
		}
		return this.text.charAt(this.at);
	}

	private String value() {
		if (peek() != '"') {
			throw new IllegalArgumentException("a value without quotes");
		}
		this.at++;
		StringBuilder value = new StringBuilder();
		while (peek() != '"') {
			char character = peek();
			this.at++;
			value.append((character == '\\') ? escaped() : character);
		}
		this.at++;
		return value.toString();
	}

	private char escaped() {
		char character = peek();
		this.at++;
		return (character == 'n') ? '\n' : character;
	}

}
