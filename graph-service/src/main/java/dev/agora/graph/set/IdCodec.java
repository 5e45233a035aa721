package dev.agora.graph.set;

import io.netty.buffer.ByteBuf;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.handler.State;
import org.redisson.client.protocol.Decoder;

/** Reads the numbers of ids from their digits, without a text for each number. */
final class IdCodec extends LongCodec {

	/** An element that is no number, which only another program adds. */
	static final long NO_ID = -1;

	static final IdCodec INSTANCE = new IdCodec();

	private static final int MAX_DIGITS = 19;

	private final Decoder<Object> decoder = IdCodec::decode;

	@Override
	public Decoder<Object> getValueDecoder() {
		return this.decoder;
	}

	private static Object decode(ByteBuf digits, State state) {
		boolean isNumber = digits.isReadable() && digits.readableBytes() <= MAX_DIGITS;
		long number = 0;
		while (digits.isReadable()) {
			int digit = digits.readByte() - '0';
			isNumber &= digit >= 0 && digit <= 9;
			number = 10 * number + digit;
		}
		return (isNumber && number >= 0) ? number : NO_ID;
	}

}
