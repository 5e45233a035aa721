package dev.agora.graph.suggestion;

import java.nio.ByteBuffer;
import java.util.Base64;

import dev.agora.graph.suggestion.rank.Suggestion;
import dev.agora.platform.problem.InvalidRequest;

/**
 * The position of a suggestion in a list. A page continues after the position, whether or
 * not the list was computed again since.
 *
 * @param score the score of the suggestion
 * @param number the number of the suggested member
 */
record SuggestionCursor(double score, long number) {

	static SuggestionCursor of(Suggestion suggestion) {
		return new SuggestionCursor(suggestion.score(), suggestion.number());
	}

	/**
	 * Parses a cursor.
	 * @throws InvalidRequest if it is none
	 */
	static SuggestionCursor parse(String text) {
		SuggestionCursor cursor = decode(text);
		if (!Double.isFinite(cursor.score) || !cursor.toString().equals(text)) {
			throw invalid();
		}
		return cursor;
	}

	private static SuggestionCursor decode(String text) {
		try {
			ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
			if (bytes.remaining() == Double.BYTES + Long.BYTES) {
				return new SuggestionCursor(bytes.getDouble(), bytes.getLong());
			}
		}
		catch (IllegalArgumentException ex) {
			// It is not Base64.
		}
		throw invalid();
	}

	private static InvalidRequest invalid() {
		return InvalidRequest.field("cursor", "must be a cursor from an earlier page of the same list");
	}

	/** Whether a suggestion comes after this position. */
	boolean isBefore(Suggestion suggestion) {
		return Suggestion.ORDER.compare(new Suggestion(this.number, 0, this.score), suggestion) < 0;
	}

	@Override
	public String toString() {
		byte[] bytes = ByteBuffer.allocate(Double.BYTES + Long.BYTES)
			.putDouble(this.score)
			.putLong(this.number)
			.array();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
