package dev.agora.feed.rendered;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.cache.envelope.ValueCodec;

/**
 * Converts activities into entries of the cache and back: the ids of the activity, of the
 * author and of the friend in one line, then the JSON. A read parses the line alone.
 */
public final class RenderedActivityCodec implements ValueCodec<RenderedActivity> {

	/** Three ids have 41 characters. */
	private static final int MAX_LINE = 200;

	@Override
	public byte[] write(RenderedActivity activity) {
		@Nullable String friend = activity.friendId();
		byte[] line = (activity.id() + ' ' + activity.authorId() + ' ' + ((friend != null) ? friend : "") + '\n')
			.getBytes(StandardCharsets.US_ASCII);
		byte[] bytes = Arrays.copyOf(line, line.length + activity.length());
		activity.copyTo(bytes, line.length);
		return bytes;
	}

	@Override
	public @Nullable RenderedActivity read(byte[] bytes, int start) {
		int end = indexOf(bytes, '\n', start);
		int author = indexOf(bytes, ' ', start) + 1;
		int friend = indexOf(bytes, ' ', author) + 1;
		int json = end + 1;
		boolean isReadable = author > start + 1 && friend > author + 1 && end >= friend && json < bytes.length
				&& bytes[json] == '{' && bytes[bytes.length - 1] == '}';
		return isReadable ? new RenderedActivity(new Ids(text(bytes, start, author - 1),
				text(bytes, author, friend - 1), (friend < end) ? text(bytes, friend, end) : null), bytes, json) : null;
	}

	private static String text(byte[] bytes, int from, int to) {
		return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
	}

	/** Returns the index of a character in the line, or -1. */
	private static int indexOf(byte[] bytes, char character, int from) {
		int limit = Math.min(bytes.length, from + MAX_LINE);
		for (int at = from; at < limit; at++) {
			if (bytes[at] == character) {
				return at;
			}
		}
		return -1;
	}

	/** The ids in the line of an entry. */
	private record Ids(String id, String authorId, @Nullable String friendId) implements ShownActivity {
	}

}
