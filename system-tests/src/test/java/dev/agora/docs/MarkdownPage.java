package dev.agora.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file as GitHub reads it.
 *
 * @param file the path of the file
 * @param text the text, without blocks of code
 */
record MarkdownPage(Path file, String text) {

	private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");

	private static final Pattern CODE_SPAN = Pattern.compile("`([^`\n]+)`");

	private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

	private static final Pattern EXTERNAL = Pattern.compile("[a-z]+:.*");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

	/** A quotation in the first cell of a table's row. */
	private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| [^|\n]*?\"([^\"\n]+)\"");

	private static final Pattern NAMED_TEST = Pattern
		.compile("(?<![\\w.-])([A-Z]\\w*(?:Tests|Journey))(?:\\.([a-z]\\w+))?");

	static MarkdownPage read(Path file) {
		try {
			return new MarkdownPage(file, CODE_BLOCK.matcher(Files.readString(file)).replaceAll(""));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Lists the relative links that lead to no file or to no heading. */
	List<String> brokenLinks() {
		return LINK.matcher(CODE_SPAN.matcher(this.text).replaceAll("code"))
			.results()
			.map((link) -> link.group(1))
			.filter((link) -> !EXTERNAL.matcher(link).matches() && isBroken(link))
			.map((link) -> this.file + ": " + link)
			.toList();
	}

	private boolean isBroken(String link) {
		String[] parts = link.split("#", 2);
		Path target = parts[0].isEmpty() ? this.file : this.file.resolveSibling(parts[0]).normalize();
		return !Files.exists(target) || (parts.length == 2 && !read(target).anchors().contains(parts[1])
				&& target.toString().endsWith(".md"));
	}

	/** Lists the anchors that GitHub gives to the headings. */
	List<String> anchors() {
		List<String> anchors = new ArrayList<>();
		HEADING.matcher(this.text).results().forEach((heading) -> {
			String anchor = anchor(heading.group(1));
			long same = anchors.stream().filter((other) -> other.matches(Pattern.quote(anchor) + "(-\\d+)?")).count();
			anchors.add((same == 0) ? anchor : anchor + "-" + same);
		});
		return anchors;
	}

	private static String anchor(String heading) {
		return heading.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N} _-]", "")
			.strip()
			.replace(' ', '-');
	}

	/** Lists the parts of messages that the first cells of tables quote. */
	List<String> quotedMessages() {
		return MESSAGE.matcher(CODE_SPAN.matcher(this.text).replaceAll("code"))
			.results()
			.flatMap((message) -> Stream.of(message.group(1).split("…", -1)))
			.map(String::strip)
			.filter((part) -> !part.isEmpty())
			.toList();
	}

	/** Lists the test classes and test methods that code spans of the page name. */
	List<MatchResult> namedTests() {
		return CODE_SPAN.matcher(this.text)
			.results()
			.flatMap((span) -> NAMED_TEST.matcher(span.group(1)).results())
			.toList();
	}

}
