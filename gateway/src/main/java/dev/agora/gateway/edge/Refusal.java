package dev.agora.gateway.edge;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/**
 * Why a request is answered without being routed, though the decoder could read it.
 *
 * @param status the HTTP status of the answer
 * @param sentence what the client is told
 */
public record Refusal(int status, String sentence) {

	static final Refusal HOST = new Refusal(400, "A request must name one host, and its address no other.");

	static final Refusal TARGET = new Refusal(400, "The address must be a path of this site.");

	static final Refusal LENGTH = new Refusal(400, "The length of the body must be one plain number.");

	static final Refusal BODY = new Refusal(400, "The body is not framed as HTTP has it.");

	static final Refusal METHOD = new Refusal(501, "This method is not known here.");

	static final Refusal CODING = new Refusal(501, "No transfer coding but chunked is known here.");

	static final Refusal EXPECTATION = new Refusal(417, "Nothing but 100-continue can be expected here.");

	static final Refusal HEADERS = new Refusal(431, "The request has more headers than allowed.");

	static final Refusal VERSION = new Refusal(505, "HTTP/1.1 is spoken here.");

	static final Refusal SLOW = new Refusal(408, "The request did not arrive in time.");

	private static final AttributeKey<Refusal> KEY = AttributeKey.valueOf("agora.refusal");

	/** Why the request that came last on a connection is refused. */
	public static @Nullable Refusal of(Channel channel) {
		return channel.attr(KEY).get();
	}

	/** To be told to the client when it is this request's turn. */
	void on(Channel channel) {
		channel.attr(KEY).set(this);
	}

}
