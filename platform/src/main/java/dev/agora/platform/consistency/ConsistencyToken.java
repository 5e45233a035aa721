package dev.agora.platform.consistency;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import dev.agora.platform.problem.InvalidRequest;

/**
 * The writes that a client has seen, by the topics of their events. A write responds with
 * a token, and the client sends it with its next requests. Its text is opaque to clients
 * and shorter than 1 KiB. Its content is no secret, and it is not signed: a client that
 * changes it can delay or fail its own reads alone.
 */
public final class ConsistencyToken {

	/** The header of requests and responses. */
	public static final String HEADER = "Consistency-Token";

	/** The token of a client that has written nothing. */
	public static final ConsistencyToken NONE = new ConsistencyToken(Map.of());

	/** More than there are; a client may send the tokens of several responses. */
	static final int MAX_TOPICS = 16;

	private static final int MAX_TOKENS = 8;

	private final Map<String, SeenWrites> topics;

	ConsistencyToken(Map<String, SeenWrites> topics) {
		this.topics = topics;
	}

	/**
	 * Parses the header. Requests that ran at the same time have given the client several
	 * tokens, which it sends as a list or in several headers.
	 * @throws InvalidRequest if a token is malformed or too long, or if there are too
	 * many
	 */
	public static ConsistencyToken parse(List<String> headers) {
		List<String> tokens = headers.stream()
			.flatMap((header) -> Arrays.stream(header.split(",", -1)))
			.map(String::strip)
			.toList();
		if (tokens.size() > MAX_TOKENS) {
			throw invalid("must have at most " + MAX_TOKENS + " tokens");
		}
		ConsistencyToken merged = tokens.stream().map(TokenCodec::decode).reduce(NONE, ConsistencyToken::merge);
		if (merged.topics.size() > MAX_TOPICS) {
			throw invalid(TokenCodec.FORM);
		}
		return merged;
	}

	static InvalidRequest invalid(String message) {
		return InvalidRequest.field(HEADER, message);
	}

	/** Returns the token with further writes. */
	public ConsistencyToken with(String topic, Collection<SeenWrite> writes) {
		return merge(new ConsistencyToken(Map.of(topic, SeenWrites.of(0, writes))));
	}

	/** Returns a token with the writes of both. */
	public ConsistencyToken merge(ConsistencyToken other) {
		Map<String, SeenWrites> merged = new TreeMap<>(this.topics);
		other.topics.forEach((topic, writes) -> merged.merge(topic, writes, SeenWrites::merge));
		return new ConsistencyToken(merged);
	}

	/**
	 * Returns a shorter token: the writes that every reader has applied become a time.
	 * @param appliedUntil maps a topic to the time, 0 if it is unknown
	 */
	ConsistencyToken compact(ToLongFunction<String> appliedUntil) {
		Map<String, SeenWrites> compacted = new TreeMap<>(this.topics);
		compacted.replaceAll((topic, writes) -> writes.compact(appliedUntil.applyAsLong(topic)));
		return new ConsistencyToken(compacted);
	}

	/** Returns a token without its oldest listed write, whose time remains. */
	ConsistencyToken withoutOldest() {
		return this.topics.entrySet()
			.stream()
			.filter((topic) -> !topic.getValue().latest().isEmpty())
			.min(Comparator.comparingLong((topic) -> topic.getValue().latest().get(0).time()))
			.map((oldest) -> withCompacted(oldest.getKey(), oldest.getValue()))
			.orElseThrow(() -> invalid(TokenCodec.FORM));
	}

	private ConsistencyToken withCompacted(String topic, SeenWrites writes) {
		Map<String, SeenWrites> shorter = new TreeMap<>(this.topics);
		shorter.put(topic, writes.compact(writes.latest().get(0).time()));
		return new ConsistencyToken(shorter);
	}

	boolean contains(String topic) {
		return this.topics.containsKey(topic);
	}

	SeenWrites of(String topic) {
		return this.topics.getOrDefault(topic, SeenWrites.NONE);
	}

	Set<Map.Entry<String, SeenWrites>> entries() {
		return this.topics.entrySet();
	}

	/** Returns the text of the token for a header. */
	public String encode() {
		return TokenCodec.encode(this);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ConsistencyToken token && token.topics.equals(this.topics);
	}

	@Override
	public int hashCode() {
		return this.topics.hashCode();
	}

	@Override
	public String toString() {
		return this.topics.toString();
	}

}
