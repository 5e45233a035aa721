package dev.agora.platform.consistency;

/**
 * A write whose response a client has received.
 *
 * @param id the id of the aggregate
 * @param version the version of the aggregate after the write
 * @param time the time of the response in milliseconds, by the clock of the writer
 */
public record SeenWrite(String id, long version, long time) {

	SeenWrite newest(SeenWrite other) {
		return (this.version == other.version) ? new SeenWrite(this.id, this.version, Math.max(this.time, other.time))
				: (this.version > other.version) ? this : other;
	}

}
