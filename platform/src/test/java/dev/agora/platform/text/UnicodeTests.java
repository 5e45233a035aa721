package dev.agora.platform.text;

import java.text.Normalizer;
import java.util.function.IntPredicate;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.UnicodeSet;
import com.ibm.icu.util.VersionInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares {@code unicode.properties} with ICU4J, for all code points. */
class UnicodeTests {

	private static final Normalizer2 nfc = Normalizer2.getNFCInstance();

	private static final VersionInfo oldest = VersionInfo.getInstance(13);

	private static final UnicodeSet handled = new UnicodeSet(
			"[\\u200C\\u200D[:Variation_Selector:]\\U000E0020-\\U000E007F\\u00AD\\u061C\\u200B\\u200E\\u200F\\u2060]");

	private static final UnicodeSet refused = new UnicodeSet(
			"[[:Cn:][:Co:][:Cs:][:Zl:][:Zp:][[:Cc:]-[\\t\\n\\r]]\\uFFF9-\\uFFFB]")
		.addAll(new UnicodeSet("[:Default_Ignorable_Code_Point:]").removeAll(handled));

	private static final UnicodeSet marks = new UnicodeSet("[[:Mn:][:Me:]]").removeAll(refused);

	@Test
	void refusesTheCharactersThatUnicodeReserves() {
		assertThat(Characters.REFUSED).hasToString(ranges((c) -> refused.contains(c) || dependsOnJvm(c)));
	}

	@Test
	void hasTheMarksOfUnicode() {
		assertThat(Characters.MARKS).hasToString(ranges((c) -> marks.contains(c) && !dependsOnJvm(c)));
	}

	@Test
	void hasTheSelectorsSpacesAndJoinersOfUnicode() {
		assertThat(Characters.VARIATION_SELECTORS)
			.hasToString(ranges(new UnicodeSet("[:Variation_Selector:]")::contains));
		assertThat(Characters.SPACES).hasToString(ranges(new UnicodeSet("[:Zs:]")::contains));
		assertThat(Characters.JOINERS).hasToString(ranges(new UnicodeSet("[:Join_Control:]")::contains));
	}

	@Test
	void treatsFormatCharactersAndSpacesAsInvisible() {
		UnicodeSet invisible = new UnicodeSet("[[:Cf:][:Zs:][:White_Space:][:Mn:][:Me:]\\u2800]").removeAll(refused);
		assertThat(ranges((c) -> invisible.contains(c) && !dependsOnJvm(c) && !Characters.INVISIBLE.contains(c)))
			.isEmpty();
	}

	@Test
	void treatsLettersDigitsAndPunctuationAsVisible() {
		UnicodeSet visible = new UnicodeSet("[[:L:][:N:][:P:][:Sc:][:Sk:][:Sm:]]").removeAll(refused);
		assertThat(ranges((c) -> visible.contains(c) && Characters.INVISIBLE.contains(c))).isEmpty();
	}

	/**
	 * A joiner joins emoji of people, so its neighbours must not be in the set of
	 * unjoined characters.
	 */
	@Test
	void acceptsEveryJoinedEmoji() {
		assertThat(new UnicodeSet("[:RGI_Emoji:]").strings()).hasSizeGreaterThan(2000)
			.allSatisfy((emoji) -> assertThat(TextForm.LINE.violation(Nfc.of(emoji))).isEmpty());
	}

	/**
	 * Normalizes each character alone and between marks that are reordered or composed.
	 */
	@Test
	void normalizesAlikeOnEveryJvm() {
		assertThat(ranges((c) -> !Characters.REFUSED.contains(c) && !isNormalizedAlike(c))).isEmpty();
	}

	private static boolean isNormalizedAlike(int codePoint) {
		String text = Character.toString(codePoint);
		String around = "a\u0301" + text + "\u0327\u0301" + text;
		return Normalizer.normalize(around, Normalizer.Form.NFC).equals(nfc.normalize(around))
				&& Normalizer.normalize(text, Normalizer.Form.NFC).equals(nfc.normalize(text));
	}

	private static boolean dependsOnJvm(int codePoint) {
		return UCharacter.getAge(codePoint).compareTo(oldest) > 0
				&& (UCharacter.getCombiningClass(codePoint) != 0 || !nfc.isInert(codePoint));
	}

	private static String ranges(IntPredicate chosen) {
		StringBuilder hex = new StringBuilder();
		for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
			hex.append(chosen.test(c) ? Integer.toHexString(c) + " " : "");
		}
		return hex.isEmpty() ? "" : CodePoints.parse(hex.toString()).toString();
	}

}
