package dev.agora.platform.consistency;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Collects the versions that a request has written, for the token of its response. It is
 * in the Reactor context of the request; work without a client has none.
 */
public final class WrittenVersions {

	private final Queue<Map.Entry<String, SeenWrite>> writes = new ConcurrentLinkedQueue<>();

	/** Whether the response of the current request will have a token. */
	public static boolean areCollected(ContextView context) {
		return context.hasKey(WrittenVersions.class);
	}

	/** Adds a write of the current request, after the database has acknowledged it. */
	public static void add(ContextView context, String topic, SeenWrite write) {
		context.<WrittenVersions>getOrEmpty(WrittenVersions.class)
			.ifPresent((written) -> written.writes.add(Map.entry(topic, write)));
	}

	public Context putInto(Context context) {
		return context.put(WrittenVersions.class, this);
	}

	public boolean isEmpty() {
		return this.writes.isEmpty();
	}

	/** Returns a token with the writes of this request. */
	public ConsistencyToken addTo(ConsistencyToken token) {
		Map<String, List<SeenWrite>> byTopic = this.writes.stream()
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
		ConsistencyToken result = token;
		for (Map.Entry<String, List<SeenWrite>> topic : byTopic.entrySet()) {
			result = result.with(topic.getKey(), topic.getValue());
		}
		return result;
	}

}
