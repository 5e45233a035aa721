package dev.agora.platform.representation;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Writes a page of a list as JSON, by copying the JSON of each item. */
public final class PageJson {

	private static final byte[] ITEMS = ascii("{\"items\":[");

	private static final byte[] NEXT = ascii("],\"next\":");

	private static final byte[] NO_NEXT = ascii("null}");

	private PageJson() {
	}

	/**
	 * Writes a page.
	 * @param next the cursor of the next page, which is an id; null on the last page
	 */
	public static byte[] of(List<? extends JsonPart> items, @Nullable String next) {
		byte[] end = (next != null) ? ascii('"' + next + "\"}") : NO_NEXT;
		byte[] json = new byte[length(items) + end.length];
		int at = put(ITEMS, json, 0);
		for (JsonPart item : items) {
			if (at > ITEMS.length) {
				json[at++] = ',';
			}
			at = item.copyTo(json, at);
		}
		put(end, json, put(NEXT, json, at));
		return json;
	}

	/** The length without the end, with a comma between two items. */
	private static int length(List<? extends JsonPart> items) {
		int length = ITEMS.length + NEXT.length + Math.max(0, items.size() - 1);
		for (JsonPart item : items) {
			length += item.length();
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
