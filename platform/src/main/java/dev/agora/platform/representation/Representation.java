package dev.agora.platform.representation;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.digest.Sha256;

/**
 * The body of a response as it is sent, with its strong entity tag. A cache keeps it in
 * this form, so that a read neither parses nor writes JSON.
 */
public final class Representation {

	/** Two bodies of one edition have the same 64 bits by chance only. */
	private static final int CHECKSUM_LENGTH = 16;

	private final String etag;

	private final byte[] body;

	/**
	 * Creates the representation that {@link #of} computed earlier.
	 * @param etag the entity tag with its quotes
	 */
	public Representation(String etag, byte[] body) {
		this.etag = etag;
		this.body = body;
	}

	/**
	 * Computes the entity tag of a body, {@code "<edition>.<checksum>"}.
	 * @param edition the number that each change by the owner of the object raises
	 * @param body the body as it is sent
	 * @param compared the body without the fields whose changes leave the tag as it is
	 */
	public static Representation of(long edition, byte[] body, byte[] compared) {
		String checksum = Sha256.hex(compared).substring(0, CHECKSUM_LENGTH);
		return new Representation("\"" + edition + "." + checksum + "\"", body);
	}

	/** Returns the entity tag with its quotes. */
	public String etag() {
		return this.etag;
	}

	/** Returns the body itself, not a copy. */
	public byte[] body() {
		return this.body;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Representation that && this.etag.equals(that.etag)
				&& Arrays.equals(this.body, that.body);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.etag, Arrays.hashCode(this.body));
	}

	@Override
	public String toString() {
		return this.etag + ", " + this.body.length + " bytes";
	}

}
