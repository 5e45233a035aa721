package dev.agora.measure;

import java.net.http.HttpHeaders;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A response of the API, or that there was none.
 *
 * @param status the status, 0 if there was no response
 * @param headers the headers
 * @param body the body, a missing node if it is no JSON
 * @param start when the request was sent, in nanoseconds
 * @param end when the response arrived or the request failed
 */
record Answer(int status, HttpHeaders headers, JsonNode body, long start, long end) {

	static Answer none(long start) {
		return new Answer(0, HttpHeaders.of(Map.of(), (name, value) -> true), MissingNode.getInstance(), start,
				System.nanoTime());
	}

	boolean isOk() {
		return this.status >= 200 && this.status < 300;
	}

	/** Whether the gateway has refused the request, since there were too many. */
	boolean isLimited() {
		return this.status == 429;
	}

	/** Whether the request may have had an effect, though its response is no success. */
	boolean isDoubtful() {
		return this.status == 0 || this.status >= 500;
	}

	/** Returns the header {@code Age} in seconds, -1 without one. */
	long age() {
		return this.headers.firstValueAsLong("Age").orElse(-1);
	}

	/** Returns the version of the object, by its entity tag. */
	long version() {
		String tag = this.headers.firstValue("ETag").orElse("\"0\"");
		return Long.parseLong(tag.replaceAll("^(W/)?\"(\\d+).*$", "$2"));
	}

	/** Returns the token of a write. */
	String token() {
		return this.headers.firstValue("Consistency-Token")
			.orElseThrow(() -> new Problem("A write got " + this.status + " without a Consistency-Token."));
	}

	Answer between(long newStart, long newEnd) {
		return new Answer(this.status, this.headers, this.body, newStart, newEnd);
	}

}
