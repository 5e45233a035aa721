package dev.agora.graph.mutual;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.graph.card.KeptCard;

/** Writes a page of cards as JSON, by copying the JSON of each card. */
final class CardPageJson {

	private static final byte[] ITEMS = ascii("{\"items\":[");

	private static final byte[] NEXT = ascii("],\"next\":");

	private static final byte[] NO_NEXT = ascii("null}");

	private CardPageJson() {
	}

	/**
	 * Writes a page.
	 * @param next the cursor of the next page, which is an id; null on the last page
	 */
	static byte[] of(List<KeptCard> cards, @Nullable String next) {
		byte[] end = (next != null) ? ascii('"' + next + "\"}") : NO_NEXT;
		byte[] page = new byte[length(cards) + end.length];
		int at = put(ITEMS, page, 0);
		for (KeptCard card : cards) {
			if (at > ITEMS.length) {
				page[at++] = ',';
			}
			at = put(card.json(), page, at);
		}
		put(end, page, put(NEXT, page, at));
		return page;
	}

	/** The length without the end, with a comma between two cards. */
	private static int length(List<KeptCard> cards) {
		int length = ITEMS.length + NEXT.length + Math.max(0, cards.size() - 1);
		for (KeptCard card : cards) {
			length += card.json().length;
		}
		return length;
	}

	private static int put(byte[] part, byte[] page, int at) {
		System.arraycopy(part, 0, page, at, part.length);
		return at + part.length;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
