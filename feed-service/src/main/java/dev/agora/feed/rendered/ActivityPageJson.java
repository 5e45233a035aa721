package dev.agora.feed.rendered;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.web.Page;

/** Writes a page of activities as JSON, by copying the JSON of each activity. */
public final class ActivityPageJson {

	private static final byte[] ITEMS = ascii("{\"items\":[");

	private static final byte[] NEXT = ascii("],\"next\":");

	private static final byte[] NO_NEXT = ascii("null}");

	private ActivityPageJson() {
	}

	/** Writes a page, whose cursor is an id. */
	public static byte[] of(Page<RenderedActivity> page) {
		@Nullable String next = page.next();
		byte[] end = (next != null) ? ascii('"' + next + "\"}") : NO_NEXT;
		byte[] json = new byte[length(page.items()) + end.length];
		int at = put(ITEMS, json, 0);
		for (RenderedActivity activity : page.items()) {
			if (at > ITEMS.length) {
				json[at++] = ',';
			}
			at = activity.copyTo(json, at);
		}
		put(end, json, put(NEXT, json, at));
		return json;
	}

	/** The length without the end, with a comma between two activities. */
	private static int length(List<RenderedActivity> items) {
		int length = ITEMS.length + NEXT.length + Math.max(0, items.size() - 1);
		for (RenderedActivity activity : items) {
			length += activity.length();
		}
		return length;
	}

	private static int put(byte[] part, byte[] json, int at) {
		System.arraycopy(part, 0, json, at, part.length);
		return at + part.length;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
