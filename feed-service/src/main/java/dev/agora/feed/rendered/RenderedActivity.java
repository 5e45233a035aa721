package dev.agora.feed.rendered;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.representation.JsonPart;

/**
 * An activity as JSON, with the ids that decide who sees it. The JSON is a part of an
 * array, such as an entry of the cache, and is not copied.
 */
public final class RenderedActivity implements ShownActivity, JsonPart {

	private final String id;

	private final String authorId;

	private final @Nullable String friendId;

	private final byte[] bytes;

	private final int start;

	/**
	 * Creates an activity whose JSON ends with the array.
	 * @param bytes the array, which nobody changes any more
	 * @param start the index of the first byte of the JSON
	 */
	RenderedActivity(ShownActivity ids, byte[] bytes, int start) {
		this.id = ids.id();
		this.authorId = ids.authorId();
		this.friendId = ids.friendId();
		this.bytes = bytes;
		this.start = start;
	}

	/**
	 * Creates an activity.
	 * @param ids an object with its ids
	 * @param json its JSON
	 */
	public static RenderedActivity of(ShownActivity ids, byte[] json) {
		return new RenderedActivity(ids, json, 0);
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public String authorId() {
		return this.authorId;
	}

	@Override
	public @Nullable String friendId() {
		return this.friendId;
	}

	/** Returns the JSON as text. Jackson writes it unchanged. */
	@JsonValue
	@JsonRawValue
	public String json() {
		return new String(this.bytes, this.start, length(), StandardCharsets.UTF_8);
	}

	@Override
	public int length() {
		return this.bytes.length - this.start;
	}

	@Override
	public int copyTo(byte[] target, int at) {
		System.arraycopy(this.bytes, this.start, target, at, length());
		return at + length();
	}

}
