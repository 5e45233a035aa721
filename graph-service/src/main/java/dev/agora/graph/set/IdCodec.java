package dev.agora.graph.set;

import io.netty.buffer.ByteBuf;
import org.redisson.client.codec.LongCodec;
import org.redisson.client.handler.State;
import org.redisson.client.protocol.Decoder;

/** Reads the numbers of ids from their digits, without a text for each number. */
final class IdCodec extends LongCodec {

	static final IdCodec INSTANCE = new IdCodec();

	private final Decoder<Object> decoder = IdCodec::decode;

	@Override
	public Decoder<Object> getValueDecoder() {
		return this.decoder;
	}

	/** An element that is no number fails the command, as it does in Redisson. */
	private static Object decode(ByteBuf digits, State state) {
		long number = digit(digits);
		while (digits.isReadable()) {
			number = 10 * number + digit(digits);
		}
		return number;
	}

	private static int digit(ByteBuf digits) {
		int digit = digits.isReadable() ? digits.readByte() - '0' : -1;
		if (digit < 0 || digit > 9) {
			throw new NumberFormatException("An element of a set is no id.");
		}
		return digit;
	}

}
