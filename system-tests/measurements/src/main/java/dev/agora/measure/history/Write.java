package dev.agora.measure.history;

/**
 * A write of one register, such as the title of a product.
 *
 * @param register the name of the register
 * @param value the written value, which no other write has
 * @param version the version of the object after the write, 0 if it has no response
 * @param start when the request was sent, in nanoseconds
 * @param end when the response arrived; {@link #UNKNOWN} if there was none, so that the
 * write may have any or no effect at any later time
 */
public record Write(String register, String value, long version, long start, long end) {

	/** The end of a write without a response. */
	public static final long UNKNOWN = Long.MAX_VALUE;

	boolean isAcknowledged() {
		return this.end != UNKNOWN;
	}

}
