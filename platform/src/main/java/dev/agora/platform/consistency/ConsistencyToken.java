package dev.agora.platform.consistency;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

	private final Map<String, SeenWrites> topics;

	ConsistencyToken(Map<String, SeenWrites> topics) {
		this.topics = topics;
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
	 * Returns a token without its oldest listed write, whose time remains. If no write is
	 * listed, it returns this token.
	 */
	ConsistencyToken withoutOldest() {
		return this.topics.entrySet()
			.stream()
			.filter((topic) -> !topic.getValue().latest().isEmpty())
			.min(Comparator.comparingLong((topic) -> topic.getValue().latest().get(0).time()))
			.map((oldest) -> withCompacted(oldest.getKey(), oldest.getValue()))
			.orElse(this);
	}

	private ConsistencyToken withCompacted(String topic, SeenWrites writes) {
		Map<String, SeenWrites> shorter = new TreeMap<>(this.topics);
		shorter.put(topic, writes.compact(writes.latest().get(0).time()));
		return new ConsistencyToken(shorter);
	}

	int size() {
		return this.topics.size();
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
