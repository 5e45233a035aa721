package dev.agora.platform.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextFormTests {

	/** Names and texts as people of many countries write them. */
	@ParameterizedTest
	@ValueSource(strings = { "Ann O'Neill-Smith", "Zoë", "Zoe\u0308", "Nguyễn Thị Minh Khai", "山田太郎", "葛\uDB40\uDD00城",
			"김철수", "ㅋㅋㅋ", "محمد", "می\u200cخواهم", "CD\u200cها", "خانه\u200c", "क्ष", "क्\u200dष", "র\u200d্যাব",
			"ශ්\u200dරී", "ประเทศไทย", "မြန်မာ", "བོད་སྐད་", "שָׁלוֹם", "בְּרֵאשִׁ֖ית בָּרָ֣א", "ᠮᠣᠩᠭᠣᠯ", "Ἀθῆναι",
			"Ærøskøbing", "Łódź", "İstanbul", "ⴰⵎⴰⵣⵉⵖ", "ᏣᎳᎩ", "👩\u200d👩\u200d👧\u200d👦", "👍🏽", "❤\uFE0F",
			"🏳\uFE0F\u200d🌈", "1\uFE0F\u20E3",
			"🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", "🇮🇷", "\uD83E\uDEE0",
			"C++ & <b>", "a\u00a0b", "L'île\u202F!", "\u2800Maria" })
	void acceptsNamesOfManyLanguages(String text) {
		assertThat(TextForm.LINE.violation(Nfc.of(text))).isEmpty();
		assertThat(TextForm.TEXT.violation(Nfc.of(text))).isEmpty();
		assertThat(TextForm.isVisible(Nfc.of(text))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 0x7, 0xB, 0x1B, 0x7F, 0x85, 0x9B, 0x34F, 0x378, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E,
			0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2061, 0x2062, 0x2063, 0x2064, 0x2065, 0x2066,
			0x2067, 0x2068, 0x2069, 0x206A, 0x206F, 0x3164, 0xD800, 0xDFFF, 0xE000, 0xF8FF, 0xFDD0, 0xFEFF, 0xFFA0,
			0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF, 0x1BCA0, 0x1D173, 0x1D17A, 0x1FFFE, 0xE0001, 0xE0041, 0xF0000, 0x10FFFF })
	void refusesForbiddenCharacters(int character) {
		String name = "U+%04X".formatted(character);
		assertThat(TextForm.LINE.violation("ab" + Character.toString(character) + "c"))
			.hasValueSatisfying((violation) -> assertThat(violation)
				.isEqualTo("must not have the character " + name + " (character 3)"));
		assertThat(TextForm.TEXT.violation(Character.toString(character))).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\t", "\n", "\r\n", "\u00AD", "\u061C", "\u200B", "\u200E", "\u200F", "\u2060" })
	void acceptsLineBreaksOnlyInTexts(String text) {
		assertThat(TextForm.TEXT.violation("a" + text + "b")).isEmpty();
		assertThat(TextForm.LINE.violation("a" + text + "b")).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\u00A0", "\u3000\u2003", "\u2800", "\u200B\u2060", "\u200D", "\uFE0F", "\u0301",
			"\u180B", "\uDB40\uDD00", "\u0600", "\uFFFC", "\uD834\uDD59", "\uD81B\uDFE4" })
	void detectsTextWithoutVisibleCharacters(String text) {
		assertThat(TextForm.isVisible(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u0301a", "\uFE0Fa", "\u200Da", "a\u200Db", "a\u200C", "a \u200Cb", "م\u200c\u200cم",
			"\u20E3", "日\u200d本" })
	void refusesStrayJoinersInALine(String text) {
		assertThat(TextForm.LINE.violation(text)).isPresent();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "\u0335", "\u0E47", "\u0651", "\u05B0", "\uD807\uDCAD", "\u20DD", "\uFE0F", "\uDB40\uDD00" })
	void limitsCombiningMarks(String mark) {
		assertThat(TextForm.TEXT.violation("ก" + mark.repeat(6))).isEmpty();
		assertThat(TextForm.TEXT.violation("ก" + mark.repeat(7)))
			.hasValue("must not have more than 6 combining marks in a row (character 8)");
		assertThat(TextForm.LINE.violation("ก" + mark.repeat(7))).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "1,false", "7,false", "8,true" })
	void acceptsTagsOnlyInFlags(int tags, boolean refused) {
		String smuggled = "\uDB40\uDC61".repeat(tags);
		assertThat(TextForm.TEXT.violation("🏴" + smuggled).isPresent()).isEqualTo(refused);
		assertThat(TextForm.TEXT.violation("👍" + smuggled)).isPresent();
		assertThat(TextForm.TEXT.violation(smuggled)).isPresent();
	}

	@Test
	void acceptsAnyWellFormedTextForComparison() {
		assertThat(TextForm.ANY.violation("\u0000\u202E\uE000" + "\u0301".repeat(9))).isEmpty();
		assertThat(TextForm.ANY.violation("a\ud83d")).isPresent();
		assertThat(TextForm.ANY.violation("\ude00")).isPresent();
	}

	@Test
	void countsCodePoints() {
		TextRule rule = new TextRule(TextForm.LINE, 10, 12, true);
		assertThat(rule.violation("😀".repeat(5))).hasValue("must be 10 to 12 characters long");
		assertThat(rule.violation("😀".repeat(12))).isEmpty();
		assertThat(rule.violation("😀".repeat(13))).isPresent();
	}

}
