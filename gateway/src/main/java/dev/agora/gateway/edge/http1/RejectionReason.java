package dev.agora.gateway.edge.http1;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is rejected before it is routed, although the decoder could read it.
 *
 * @param status the HTTP status of the response
 * @param detail the detail of the problem
 * @param allow the allowed methods, if the method was the reason
 */
public record RejectionReason(int status, String detail, @Nullable String allow) {

	static final RejectionReason HOST = new RejectionReason(400,
			"A request must name one host, and its target no other.");

	static final RejectionReason TARGET = new RejectionReason(400, "The request target must be a path of this site.");

	static final RejectionReason LENGTH = new RejectionReason(400, "Content-Length must be one decimal number.");

	static final RejectionReason BODY = new RejectionReason(400, "The framing of the body is not valid HTTP/1.1.");

	static final RejectionReason NOT_FOUND = new RejectionReason(404, "There is no resource at this path.");

	static final RejectionReason ESCAPE = new RejectionReason(400,
			"Two hexadecimal digits must follow each percent sign of the path and query. Write the sign itself as %25.");

	static final RejectionReason NOT_ASCII = new RejectionReason(400,
			"The request target has a character outside ASCII. "
					+ "Write it percent-encoded in UTF-8: an e with acute as %C3%A9.");

	static final RejectionReason LONG_ADDRESS = new RejectionReason(414, "The request target is too long.");

	static final RejectionReason LONG_HEADERS = new RejectionReason(431, "The headers are too long.");

	static final RejectionReason CODING = new RejectionReason(501, "The only supported transfer coding is chunked.");

	static final RejectionReason EXPECTATION = new RejectionReason(417,
			"The only supported expectation is 100-continue.");

	static final RejectionReason HEADERS = new RejectionReason(431, "The request has too many headers.");

	static final RejectionReason VERSION = new RejectionReason(505, "The supported protocol version is HTTP/1.1.");

	static final RejectionReason SLOW = new RejectionReason(408, "The request did not arrive in time.");

	private static final AttributeKey<RejectionReason> KEY = AttributeKey.valueOf("agora.rejection-reason");

	private static final AttributeKey<String> ORIGIN = AttributeKey.valueOf("agora.rejected-origin");

	RejectionReason(int status, String detail) {
		this(status, detail, null);
	}

	/**
	 * Quotes the invalid escapes, which consist of percent signs and hexadecimal digits
	 * only.
	 */
	static RejectionReason notUtf8(String escapes) {
		return new RejectionReason(400,
				"The request target contains " + escapes + ", which is not UTF-8. An e with acute is %C3%A9.");
	}

	/** A method that no path has. */
	static RejectionReason method(String allow) {
		return new RejectionReason(405, "This path does not have the method. It has " + allow + ".", allow);
	}

	/**
	 * The reason to reject the last request on a connection; null if it is not rejected.
	 */
	public static @Nullable RejectionReason of(Channel channel) {
		return channel.attr(KEY).get();
	}

	boolean isAboutLength() {
		return equals(LONG_ADDRESS) || equals(LONG_HEADERS);
	}

	/** Keeps the reason until the response to the request is sent. */
	void attachTo(Channel channel) {
		channel.attr(KEY).set(this);
	}

	/** The {@code Origin} of the rejected request, as far as it was read. */
	static @Nullable String origin(Channel channel) {
		return channel.attr(ORIGIN).get();
	}

	static void rememberOrigin(Channel channel, @Nullable String origin) {
		if (origin != null) {
			channel.attr(ORIGIN).set(origin);
		}
	}

}
