package dev.agora.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import dev.agora.platform.text.TextForm;
import dev.agora.platform.text.TextRule;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract and the code have the same rules for text that people type. */
class TypedTextTests {

	private static final JsonNode contract = new JsonMapper().readTree(text());

	private static final Schemas schemas = new Schemas(contract);

	/** The distance of the code points that are tried although no pattern names them. */
	private static final int SAMPLE = 64;

	/** The characters that the rules about neighbours distinguish. */
	private static final List<String> PIECES = List.of("a", "م", "क", "😀", " ", "\n", "\u0301", "\uFE0F", "\u200C",
			"\u200D", "\u200E", "🏴", "\uDB40\uDC67", "\uDB40\uDC7F", "\u202E", "\u0378", "\uE000", "\u3164", "\u2800",
			"1", "\u20E3");

	@ParameterizedTest
	@CsvSource({ "Text,not/pattern", "Line,not/pattern", "Visible,pattern" })
	void thePatternsHaveTheRangesOfTheCode(String schema, String place) throws IOException {
		String expected = switch (schema) {
			case "Text" -> TextPatterns.notText();
			case "Line" -> TextPatterns.notLine();
			default -> TextPatterns.visible();
		};
		Files.writeString(Path.of("target/contract-" + schema + ".txt"), expected);
		assertThat(contract.at("/components/schemas/" + schema + "/" + place).asString())
			.as("the expected pattern is in target/contract-%s.txt", schema)
			.isEqualTo(expected);
	}

	/**
	 * Checks each code point alone, where some are refused, and between letters, where a
	 * joiner is refused. The patterns match all code points alike that lie between two
	 * which they name, so they are tried on the first of them, and on some of the others.
	 */
	@ParameterizedTest
	@CsvSource({ "LINE,'',''", "LINE,a,b", "TEXT,a,b" })
	void codeAndContractAgreeOnEveryCodePoint(TextForm form, String before, String after) {
		TextRule code = new TextRule(form, 0, 100, false);
		Predicate<String> written = written(form);
		BitSet firsts = TextPatterns.boundaries();
		List<String> differing = new ArrayList<>();
		boolean accepted = false;
		for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
			String typed = before + Character.toString(character) + after;
			accepted = (firsts.get(character) || character % SAMPLE == 0) ? written.test(typed) : accepted;
			if (accepted != code.violation(typed).isEmpty()) {
				differing.add(escaped(typed));
			}
		}
		assertThat(differing).isEmpty();
	}

	/** Whether the patterns of the contract accept a text. */
	private static Predicate<String> written(TextForm form) {
		Predicate<String> text = Pattern.compile(TextPatterns.notText()).asPredicate().negate();
		Predicate<String> line = Pattern.compile(TextPatterns.notLine()).asPredicate().negate();
		Predicate<String> visible = Pattern.compile(TextPatterns.visible()).asPredicate();
		return (form == TextForm.LINE) ? text.and(line).and(visible) : text.and(visible);
	}

	@ParameterizedTest
	@CsvSource({ "Name,LINE,0,100,false", "Tag,LINE,0,40,false", "Device,LINE,0,100,true", "Password,LINE,10,200,true",
			"Text,TEXT,0,9999,true" })
	void codeAndContractAgreeOnNeighbours(String schema, TextForm form, int min, int max, boolean blank) {
		Random random = new Random(8264);
		Predicate<String> code = (text) -> new TextRule(form, min, max, blank).violation(text).isEmpty();
		for (int round = 0; round < 3_000; round++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(14), 0, PIECES.size()).forEach((piece) -> text.append(PIECES.get(piece)));
			assertThat(differs(schema, code, text.toString())).as(escaped(text.toString())).isFalse();
		}
	}

	@Test
	void lengthsAreCodePoints() {
		assertThat(accepts("Password", "😀".repeat(5))).isFalse();
		assertThat(accepts("Password", "😀".repeat(10))).isTrue();
		assertThat(accepts("Name", "😀".repeat(100))).isTrue();
		assertThat(accepts("Name", "😀".repeat(101))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://a.example/b?c=d", "http://münchen.example/ä", "ftp://a", "https://a b",
			"https://a\u00a0b", "https://a\u3000b", "https:///b", "https://a\"", "https://a\u202eb", "https://a/\ufeff",
			"https://a\u00adb" })
	void theContractAcceptsPlainAddressesOnly(String address) {
		JsonNode product = new JsonMapper().readTree("""
				{"title": "t", "category": "c", "price": {"amount": 1, "currency": "EUR"}, "stock": 1}""");
		((ObjectNode) product).put("imageUrl", address);
		boolean plain = address.matches("https?://[a-zü.]+(/[a-zä?=]*)?");
		assertThat(schemas.faults("#/components/schemas/NewProduct", product).isEmpty()).isEqualTo(plain);
	}

	private static boolean differs(String schema, Predicate<String> code, String text) {
		return accepts(schema, text) != code.test(text);
	}

	private static boolean accepts(String schema, String text) {
		return schemas.faults("#/components/schemas/" + schema, JsonNodeFactory.instance.stringNode(text)).isEmpty();
	}

	private static String escaped(String text) {
		return text.codePoints().mapToObj("U+%04X"::formatted).toList().toString();
	}

	private static String text() {
		Path here = Path.of("").toAbsolutePath();
		try {
			return Files.readString(
					(here.endsWith("system-tests") ? here.getParent() : here).resolve("contracts/openapi.json"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
