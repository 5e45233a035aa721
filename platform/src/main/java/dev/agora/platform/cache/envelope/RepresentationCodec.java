package dev.agora.platform.cache.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.representation.Representation;

/**
 * Converts representations into bytes and back: the length of the entity tag in one byte,
 * the entity tag, the body.
 */
public final class RepresentationCodec implements ValueCodec<Representation> {

	private static final int MAX_TAG_LENGTH = Byte.MAX_VALUE;

	@Override
	public byte[] write(Representation representation) {
		byte[] tag = representation.etag().getBytes(StandardCharsets.US_ASCII);
		if (tag.length > MAX_TAG_LENGTH) {
			throw new IllegalArgumentException("The entity tag has more than " + MAX_TAG_LENGTH + " characters.");
		}
		byte[] body = representation.body();
		byte[] bytes = new byte[1 + tag.length + body.length];
		bytes[0] = (byte) tag.length;
		System.arraycopy(tag, 0, bytes, 1, tag.length);
		System.arraycopy(body, 0, bytes, 1 + tag.length, body.length);
		return bytes;
	}

	@Override
	public @Nullable Representation read(byte[] bytes, int start) {
		int tag = start + 1;
		int body = (start < bytes.length) ? tag + bytes[start] : Integer.MAX_VALUE;
		if (body > bytes.length || body < tag + 2 || bytes[tag] != '"' || bytes[body - 1] != '"') {
			return null;
		}
		return new Representation(new String(bytes, tag, body - tag, StandardCharsets.US_ASCII),
				Arrays.copyOfRange(bytes, body, bytes.length));
	}

}
