package dev.agora.gateway.edge.http1;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is answered without being routed, though the decoder could read it.
 *
 * @param status the HTTP status of the answer
 * @param sentence what the client is told
 * @param allow the methods that there are, where another one was asked for
 */
public record RejectionReason(int status, String sentence, @Nullable String allow) {

	static final RejectionReason HOST = new RejectionReason(400,
			"A request must name one host, and its address no other.");

	static final RejectionReason TARGET = new RejectionReason(400, "The address must be a path of this site.");

	static final RejectionReason LENGTH = new RejectionReason(400, "The length of the body must be one plain number.");

	static final RejectionReason BODY = new RejectionReason(400, "The body is not framed as HTTP has it.");

	static final RejectionReason NOT_FOUND = new RejectionReason(404, "There is nothing at this address.");

	static final RejectionReason ESCAPE = new RejectionReason(400,
			"In an address two hexadecimal digits follow each percent sign: write the sign itself as %25.");

	static final RejectionReason NOT_ASCII = new RejectionReason(400,
			"The address has a character outside ASCII: write it percent-encoded in UTF-8, an e with acute as %C3%A9.");

	static final RejectionReason LONG_ADDRESS = new RejectionReason(414, "The address is longer than allowed.");

	static final RejectionReason LONG_HEADERS = new RejectionReason(431, "The headers are longer than allowed.");

	static final RejectionReason CODING = new RejectionReason(501, "No transfer coding but chunked is known here.");

	static final RejectionReason EXPECTATION = new RejectionReason(417,
			"Nothing but 100-continue can be expected here.");

	static final RejectionReason HEADERS = new RejectionReason(431, "The request has more headers than allowed.");

	static final RejectionReason VERSION = new RejectionReason(505, "HTTP/1.1 is spoken here.");

	static final RejectionReason SLOW = new RejectionReason(408, "The request did not arrive in time.");

	private static final AttributeKey<RejectionReason> KEY = AttributeKey.valueOf("agora.refusal");

	private static final AttributeKey<String> ORIGIN = AttributeKey.valueOf("agora.refused-origin");

	RejectionReason(int status, String sentence) {
		this(status, sentence, null);
	}

	/** Names what was not understood: percent signs and hexadecimal digits alone. */
	static RejectionReason notUtf8(String escapes) {
		return new RejectionReason(400,
				"The address holds " + escapes + ", which is not UTF-8: an e with acute is %C3%A9.");
	}

	/** A method that this path does not have, nor any other here. */
	static RejectionReason method(String allow) {
		return new RejectionReason(405, "This method is not allowed here; these are: " + allow + ".", allow);
	}

	/** Why the request that came last on a connection is refused. */
	public static @Nullable RejectionReason of(Channel channel) {
		return channel.attr(KEY).get();
	}

	boolean isForLength() {
		return equals(LONG_ADDRESS) || equals(LONG_HEADERS);
	}

	/** To be told to the client when it is this request's turn. */
	void on(Channel channel) {
		channel.attr(KEY).set(this);
	}

	/** Whose page sent the request that is refused, as far as it said so. */
	static @Nullable String origin(Channel channel) {
		return channel.attr(ORIGIN).get();
	}

	static void from(Channel channel, @Nullable String origin) {
		if (origin != null) {
			channel.attr(ORIGIN).set(origin);
		}
	}

}
