package dev.agora.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the words and sentence openings of {@code wording.txt} in the text that people
 * read: comments, messages, YAML, docs and the contract.
 */
final class Wording {

	static final Path RESOURCES = Modules.root().resolve("system-tests/src/test/resources");

	/** A string, with escapes. */
	private static final String STRING = "\"(?:\\\\.|[^\"\\\\\\n])*+\"";

	/**
	 * The prose of Java: a text block, a string, a block comment, a run of line comments.
	 */
	private static final Pattern JAVA = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|" + STRING
			+ "|/\\*[\\s\\S]*?\\*/|//[^\\n]*+(?:\\n\\s*+//[^\\n]*+)*+|'(?:\\\\.|[^'\\\\\\n])*+'");

	private static final Pattern JSON = Pattern.compile(STRING);

	private static final int CONTEXT = 30;

	private final List<AvoidedWord> avoided;

	private Wording(List<AvoidedWord> avoided) {
		this.avoided = avoided;
	}

	static Wording load() throws IOException {
		return new Wording(Files.readAllLines(RESOURCES.resolve("wording.txt"))
			.stream()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map((line) -> line.split("\t", 2))
			.map((line) -> new AvoidedWord(Pattern.compile(line[0]), line[1]))
			.toList());
	}

	/**
	 * Lists the files whose words are checked: sources, settings, chart, contract, docs.
	 */
	static List<Path> files() throws IOException {
		return Modules.files(".*\\.(java|md|ya?ml|txt|sh|tpl|json|xml|js|properties)")
			.stream()
			.filter((file) -> !file.toString().matches(".*/(wording.txt|wording-planted/.*|golden/.*)"))
			.toList();
	}

	/**
	 * Finds the avoided words of a text, each with its context and a better word.
	 * @param name the file's name, whose ending decides which parts are prose
	 * @param text the file's text
	 */
	List<String> findIn(String name, String text) {
		List<String> found = new ArrayList<>();
		for (String prose : prose(name, text)) {
			for (AvoidedWord word : this.avoided) {
				Matcher matcher = word.pattern().matcher(prose);
				while (matcher.find()) {
					found.add("%s: \"%s\": write %s".formatted(name, context(prose, matcher), word.better()));
				}
			}
		}
		return found;
	}

	private static List<String> prose(String name, String text) {
		if (name.endsWith(".java")) {
			return JAVA.matcher(text).results().map(MatchResult::group).map(Wording::unwrapJava).toList();
		}
		if (name.endsWith(".json")) {
			return JSON.matcher(text).results().map(MatchResult::group).map(Wording::unwrapJava).toList();
		}
		return Stream.of(text.split("\\n\\s*\\n", -1)).map(Wording::unwrapText).toList();
	}

	/** The prose in one line, without quotes and comment marks. */
	private static String unwrapJava(String prose) {
		return prose.replaceAll("(?m)^\\s*(/\\*\\*?|\\*/|\\*|//)\\s?", " ")
			.replaceAll("\\*/\\s*$|^\"+|\"+$", "")
			.replaceAll("\\s+", " ")
			.strip();
	}

	/**
	 * The paragraph in one line; a comment, a list item and a table cell begin a
	 * sentence.
	 */
	private static String unwrapText(String paragraph) {
		return paragraph.replaceAll("(?m)^\\s*(#+|-|\\*|//|<!--)\\s", "; ")
			.replaceAll("\\|", ";")
			.replaceAll("\\s+", " ")
			.strip();
	}

	private static String context(String prose, MatchResult match) {
		return prose.substring(Math.max(0, match.start() - CONTEXT), Math.min(prose.length(), match.end() + CONTEXT));
	}

	/**
	 * A line of the list.
	 *
	 * @param pattern finds the word
	 * @param better the word to write in its place
	 */
	private record AvoidedWord(Pattern pattern, String better) {
	}

}
