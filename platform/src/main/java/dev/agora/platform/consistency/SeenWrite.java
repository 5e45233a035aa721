package dev.agora.platform.consistency;

/**
 * A write whose response a client has received.
 *
 * @param id the id of the aggregate
 * @param version the version of the aggregate after the write
 * @param time the time of the response in milliseconds, by the clock of the writer
 * @param type the code of the type of the event, or {@link #ANY_TYPE}. A service that
 * does not apply events of this type never has the version
 */
public record SeenWrite(String id, long version, long time, short type) {

	/** The code of a write whose event is unknown. */
	public static final short ANY_TYPE = 0;

	public SeenWrite(String id, long version, long time) {
		this(id, version, time, ANY_TYPE);
	}

	/** Returns a code of two bytes, since the names of types would fill the token. */
	public static short code(String eventType) {
		return (short) eventType.hashCode();
	}

	/** Identifies what a later write replaces in a token. */
	String key() {
		return this.id + " " + this.type;
	}

	SeenWrite newest(SeenWrite other) {
		return (this.version == other.version)
				? new SeenWrite(this.id, this.version, Math.max(this.time, other.time), this.type)
				: (this.version > other.version) ? this : other;
	}

}
