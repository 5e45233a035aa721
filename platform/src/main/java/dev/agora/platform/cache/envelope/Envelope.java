package dev.agora.platform.cache.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One entry of the cache as it is stored in Redis: a header of fixed width, readable for
 * people and for the scripts, followed by the object as its codec writes it.
 * <pre>1 0000000000000000042V 1753363939123 1753364239123 {"title":"…"}</pre> Schema,
 * version and kind, time of building, time until which the entry is fresh (both in
 * milliseconds since the epoch).
 */
public final class Envelope {

	/** There is no entry. */
	public static final Envelope MISSING = unreadable(new byte[0]);

	/** Redis is unavailable, so it is unknown whether there is an entry. */
	public static final Envelope UNAVAILABLE = unreadable(new byte[0]);

	static final int HEADER_LENGTH = 51;

	private static final String SCHEMA = "1 ";

	private static final int KIND_INDEX = 21;

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

	static Envelope of(Kind kind, long version, Times times, byte[] value) {
		if (version < 0) {
			throw new IllegalArgumentException("The version must not be negative.");
		}
		String header = SCHEMA + padded(version, 19) + kind.letter + ' ' + padded(times.builtAt(), 13) + ' '
				+ padded(times.freshUntil(), 13) + ' ';
		byte[] bytes = Arrays.copyOf(header.getBytes(StandardCharsets.US_ASCII), HEADER_LENGTH + value.length);
		System.arraycopy(value, 0, bytes, HEADER_LENGTH, value.length);
		return new Envelope(bytes, kind, version, times.freshUntil());
	}

	static Envelope parse(byte[] bytes) {
		if (bytes.length < HEADER_LENGTH || bytes[0] != '1' || bytes[1] != ' ') {
			return unreadable(bytes);
		}
		Kind kind = Kind.of(bytes[KIND_INDEX]);
		long version = number(bytes, 2, KIND_INDEX);
		long freshUntil = number(bytes, HEADER_LENGTH - 14, HEADER_LENGTH - 1);
		return (kind == Kind.MISSING || version < 0 || freshUntil < 0) ? unreadable(bytes)
				: new Envelope(bytes, kind, version, freshUntil);
	}

	Kind kind() {
		return this.kind;
	}

	public long version() {
		return this.version;
	}

	/** When the entry was built, in milliseconds. */
	public long builtAt() {
		return number(this.bytes, KIND_INDEX + 2, KIND_INDEX + 15);
	}

	boolean isFreshAt(long now) {
		return now < this.freshUntil;
	}

	byte[] bytes() {
		return this.bytes;
	}

	/** The header, by which a script decides whether the entry is still the same. */
	byte[] header() {
		return Arrays.copyOf(this.bytes, Math.min(HEADER_LENGTH, this.bytes.length));
	}

	private static Envelope unreadable(byte[] bytes) {
		return new Envelope(bytes, Kind.MISSING, 0, 0);
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
	 * The kinds of entries. Of two entries with the same version the one with the later
	 * letter stays: the scripts compare version and letter as one text.
	 */
	enum Kind {

		/** No entry, or one that cannot be read. */
		MISSING(' '),
		/** A fence: nothing older than its version may be stored. */
		FENCE('F'),
		/** A negative entry: the origin has no such object. */
		ABSENT('N'),
		/** The object. */
		VALUE('V'),
		/** A tombstone: the object was deleted. */
		TOMBSTONE('X');

		private final char letter;

		Kind(char letter) {
			this.letter = letter;
		}

		static Kind of(byte letter) {
			return switch (letter) {
				case 'F' -> FENCE;
				case 'N' -> ABSENT;
				case 'V' -> VALUE;
				case 'X' -> TOMBSTONE;
				default -> MISSING;
			};
		}

	}

}
