package dev.agora.platform.cache.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands in Redis under one key: a head of fixed width, readable by people and by
 * the scripts, and for a value its JSON.
 * <pre>1 0000000000000000042V 1753363939123 1753364239123 {"title":"…"}</pre> Schema,
 * version and kind, built at, fresh until (milliseconds of the epoch).
 */
public final class Envelope {

	/** Nothing under the key, or nothing that this build can read. */
	public static final Envelope NOTHING = unreadable(new byte[0]);

	/** Redis could not be asked. */
	public static final Envelope UNKNOWN = unreadable(new byte[0]);

	/** Length of the head. */
	static final int HEAD = 51;

	private static final String SCHEMA = "1 ";

	private static final int KIND_AT = 21;

	private final byte[] bytes;

	private final Kind kind;

	private final long version;

	private final long freshUntil;

	private Envelope(byte[] bytes, Kind kind, long version, long freshUntil) {
		this.bytes = bytes;
		this.kind = kind;
		this.version = version;
		this.freshUntil = freshUntil;
	}

	static Envelope of(Kind kind, long version, Times times, byte[] json) {
		if (version < 0) {
			throw new IllegalArgumentException("A version is never negative.");
		}
		String head = SCHEMA + padded(version, 19) + kind.letter + ' ' + padded(times.builtAt(), 13) + ' '
				+ padded(times.freshUntil(), 13) + ' ';
		byte[] bytes = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), HEAD + json.length);
		System.arraycopy(json, 0, bytes, HEAD, json.length);
		return new Envelope(bytes, kind, version, times.freshUntil());
	}

	static Envelope parse(byte[] bytes) {
		if (bytes.length < HEAD || bytes[0] != '1' || bytes[1] != ' ') {
			return unreadable(bytes);
		}
		Kind kind = Kind.of(bytes[KIND_AT]);
		long version = number(bytes, 2, KIND_AT);
		long freshUntil = number(bytes, HEAD - 14, HEAD - 1);
		return (kind == Kind.NOTHING || version < 0 || freshUntil < 0) ? unreadable(bytes)
				: new Envelope(bytes, kind, version, freshUntil);
	}

	Kind kind() {
		return this.kind;
	}

	public long version() {
		return this.version;
	}

	boolean isFreshAt(long now) {
		return now < this.freshUntil;
	}

	byte[] bytes() {
		return this.bytes;
	}

	/** By which a script sees whether the entry is still the one that was read. */
	byte[] head() {
		return Arrays.copyOf(this.bytes, Math.min(HEAD, this.bytes.length));
	}

	private static Envelope unreadable(byte[] bytes) {
		return new Envelope(bytes, Kind.NOTHING, 0, 0);
	}

	private static String padded(long number, int width) {
		String digits = Long.toString(number);
		return "0".repeat(width - digits.length()) + digits;
	}

	private static long number(byte[] bytes, int from, int to) {
		long number = 0;
		for (int at = from; at < to; at++) {
			int digit = bytes[at] - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			number = number * 10 + digit;
		}
		return number;
	}

	/**
	 * When an entry was built and until when it is fresh.
	 */
	record Times(long builtAt, long freshUntil) {
	}

	/**
	 * Of two entries with one version the later kind stays: the letters are in order, and
	 * the scripts compare version and letter as one string.
	 */
	enum Kind {

		/** Not an entry. */
		NOTHING(' '),
		/** What is older than this version is not to be stored. */
		FLOOR('F'),
		/** The origin had none. */
		NONE('N'),
		/** The object. */
		VALUE('V'),
		/** The object was removed. */
		REMOVED('X');

		private final char letter;

		Kind(char letter) {
			this.letter = letter;
		}

		static Kind of(byte letter) {
			return switch (letter) {
				case 'F' -> FLOOR;
				case 'N' -> NONE;
				case 'V' -> VALUE;
				case 'X' -> REMOVED;
				default -> NOTHING;
			};
		}

	}

}
