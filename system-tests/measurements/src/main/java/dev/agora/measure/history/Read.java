package dev.agora.measure.history;

/**
 * A read of one register.
 *
 * @param register the name of the register
 * @param level the required level
 * @param start when the request was sent, in nanoseconds
 * @param end when the response arrived or the request failed
 * @param status the status of the response, 0 if there was none
 * @param value the value, empty if there is none
 * @param version the version of the object in the response, 0 if it is unknown
 * @param age the header {@code Age} in seconds, -1 without one
 * @param seen the version that the token of the request has seen, 0 for none
 */
public record Read(String register, Level level, long start, long end, int status, String value, long version, long age,
		long seen) {

	/** Whether the response has a value. */
	public boolean isAnswered() {
		return this.status == 200;
	}

	boolean isCopy() {
		return this.age >= 0;
	}

}
