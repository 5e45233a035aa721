package dev.agora.platform.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The classes of characters in the rules for typed text. The two large ones are those of
 * one version of Unicode, whichever version the JVM has; the contract has the same
 * ranges.
 */
public final class Characters {

	private static final Properties unicode = load();

	/**
	 * Characters that no text may contain: controls, surrogates, private use, unassigned,
	 * separators of lines and paragraphs, bidirectional embeddings, overrides and
	 * isolates, fillers and other invisible ones; also the marks newer than Unicode 13,
	 * whose normal form depends on the JVM.
	 */
	public static final CodePoints REFUSED = CodePoints.parse(unicode.getProperty("refused"));

	/** Marks that are drawn over another character: nonspacing and enclosing. */
	public static final CodePoints MARKS = CodePoints.parse(unicode.getProperty("marks"));

	/**
	 * Characters allowed in texts but not in lines: tab, line breaks, soft hyphen,
	 * zero-width space, word joiner, direction marks.
	 */
	public static final CodePoints TEXT_ONLY = CodePoints.parse("9-A D AD 61C 200B 200E-200F 2060");

	/** Zero-width non-joiner and joiner, which Persian, Indic scripts and emoji need. */
	public static final CodePoints JOINERS = CodePoints.parse("200C-200D");

	/** Variation selectors of emoji, Mongolian and Han characters. */
	public static final CodePoints VARIATION_SELECTORS = CodePoints.parse("180B-180D 180F FE00-FE0F E0100-E01EF");

	/** Tags, which are allowed only after {@link #FLAG}, in flags of regions. */
	public static final CodePoints TAGS = CodePoints.parse("E0020-E007F");

	/** The black flag. */
	public static final int FLAG = 0x1F3F4;

	/** Spaces of any width. */
	public static final CodePoints SPACES = CodePoints.parse("20 A0 1680 2000-200A 202F 205F 3000");

	/**
	 * Characters that are invisible on their own: spaces, the blank Braille cell, format
	 * characters, fillers, marks.
	 */
	public static final CodePoints INVISIBLE = MARKS.or(SPACES)
		.or(TEXT_ONLY)
		.or(JOINERS)
		.or(VARIATION_SELECTORS)
		.or(TAGS)
		.or(CodePoints.parse("600-605 6DD 70F 890-891 8E2 2800 FFFC 110BD 110CD 13430-1343F 16FE4 1D159"));

	/**
	 * Characters with which a line must not start, since they would combine with the
	 * character before it.
	 */
	public static final CodePoints NOT_FIRST = JOINERS.or(VARIATION_SELECTORS)
		.or(CodePoints.parse("300-36F 483-489 1AB0-1AFF 1DC0-1DFF 20D0-20FF FE20-FE2F"));

	/**
	 * Characters between which a joiner has no effect: those of Latin, Greek, Cyrillic,
	 * Armenian, Georgian, Cherokee, Han, Kana, Hangul and Yi, and punctuation.
	 */
	public static final CodePoints UNJOINED = CodePoints
		.parse("0-58F 10A0-11FF 13A0-13FF 1680 1C80-1CBF 1D00-1DBF 1E00-203B 203D-2048 204A-20CF 2800 2C00-2D2F 2DE0-2FFF "
				+ "3000-302F 3031-303C 303E-3296 3298 329A-A4CF A640-A69F A700-A7FF A960-A97F AB30-ABBF AC00-D7FF F900-FB1C "
				+ "FE30-FE4F FF00-FFEF 1B000-1B16F 1D400-1D7FF 20000-3FFFF");

	private Characters() {
	}

	private static Properties load() {
		Properties properties = new Properties();
		try (InputStream file = Characters.class.getResourceAsStream("unicode.properties")) {
			properties.load(Objects.requireNonNull(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

}
