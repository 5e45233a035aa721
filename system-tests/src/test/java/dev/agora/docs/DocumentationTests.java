package dev.agora.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.agora.rules.Modules;

import static org.assertj.core.api.Assertions.assertThat;

/** The links of the docs resolve, and the tests and messages that they name exist. */
class DocumentationTests {

	private static final Path PLANTED = Modules.root().resolve("system-tests/src/test/resources/docs-planted");

	/** A page of the docs that a source names. */
	private static final Pattern NAMED_PAGE = Pattern.compile("docs/[\\w/-]+\\.md");

	private static final MarkdownPage planted = MarkdownPage.read(PLANTED.resolve("page.md"));

	private static final Map<String, String> testSources = testSources();

	private static Stream<MarkdownPage> pages() throws IOException {
		return Modules.files(".*\\.md")
			.stream()
			.filter((file) -> !file.toString().contains("-planted"))
			.map(MarkdownPage::read);
	}

	private static Map<String, String> testSources() {
		Map<String, String> sources = new HashMap<>();
		try {
			for (Path file : Modules.files(".*(Tests|Journey)\\.java")) {
				sources.merge(file.getFileName().toString().replace(".java", ""), Files.readString(file),
						String::concat);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return sources;
	}

	@Test
	void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
		assertThat(pages().count()).isGreaterThan(40);
		assertThat(pages().flatMap((page) -> page.brokenLinks().stream())).isEmpty();
	}

	@Test
	void everyNamedTestExists() throws IOException {
		assertThat(pages().flatMap((page) -> missingTests(page).stream())).isEmpty();
	}

	@Test
	void everyQuotedMessageIsInTheSources() throws IOException {
		MarkdownPage page = MarkdownPage.read(Modules.root().resolve("docs/troubleshooting.md"));
		assertThat(page.quotedMessages()).hasSizeGreaterThan(10);
		assertThat(missingMessages(page)).isEmpty();
	}

	@Test
	void everyPageNamedInSourcesExists() throws IOException {
		List<String> missing = new ArrayList<>();
		for (Path file : Modules.files(".*\\.(java|ya?ml|tpl|sh|xml)")) {
			missing.addAll(file.startsWith(PLANTED) ? List.of() : missingPages(file));
		}
		assertThat(missing).isEmpty();
	}

	@Test
	void findsAPlantedNameOfAMissingPage() throws IOException {
		assertThat(missingPages(PLANTED.resolve("Planted.java"))).singleElement()
			.asString()
			.endsWith("no-such-page.md");
	}

	private static List<String> missingPages(Path source) throws IOException {
		return NAMED_PAGE.matcher(Files.readString(source))
			.results()
			.filter((page) -> !Files.exists(Modules.root().resolve(page.group())))
			.map((page) -> source + ": " + page.group())
			.toList();
	}

	@Test
	void findsPlantedBrokenLinks() {
		assertThat(planted.brokenLinks()).hasSize(2)
			.anyMatch((link) -> link.endsWith("no-such-file.md"))
			.anyMatch((link) -> link.endsWith("#no-such-heading"));
	}

	@Test
	void findsPlantedNamesOfMissingTests() {
		assertThat(missingTests(planted)).hasSize(2)
			.anyMatch((test) -> test.endsWith("NoSuchTests"))
			.anyMatch((test) -> test.endsWith("DocumentationTests.noSuchMethod"));
	}

	@Test
	void findsAPlantedMessageThatNoCodeHas() throws IOException {
		assertThat(missingMessages(planted)).containsExactly("No code has this message");
	}

	private static List<String> missingMessages(MarkdownPage page) throws IOException {
		StringBuilder sources = new StringBuilder();
		for (Path file : Modules.files(".*/src/main/java/.*\\.java")) {
			// Joins the literals of a message that is split.
			sources.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
		}
		return page.quotedMessages().stream().filter((message) -> sources.indexOf(message) < 0).toList();
	}

	private static List<String> missingTests(MarkdownPage page) {
		return page.namedTests()
			.stream()
			.filter((test) -> !exists(test))
			.map((test) -> page.file() + ": " + test.group())
			.toList();
	}

	private static boolean exists(MatchResult test) {
		String source = testSources.get(test.group(1));
		return source != null && (test.group(2) == null || source.contains(" " + test.group(2) + "("));
	}

}
