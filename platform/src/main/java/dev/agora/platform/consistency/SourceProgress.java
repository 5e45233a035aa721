package dev.agora.platform.consistency;

import java.util.Map;

import reactor.core.publisher.Mono;

/**
 * How far a service has applied the events of one topic to what its reads show. The topic
 * of a service's own aggregates counts as well: its caches may be older than its store.
 */
public interface SourceProgress {

	/** The topic of the events. */
	String topic();

	/**
	 * Whether the reads of a path depend on the topic.
	 * @param path the path of the request, as in {@code /feed}
	 */
	boolean isReadBy(String path);

	/**
	 * The time in milliseconds up to which every write is applied to all that a read may
	 * show, caches included; 0 if it is unknown.
	 */
	Mono<Long> copiesUntil();

	/** The time up to which every write is applied to the service's own store. */
	Mono<Long> storeUntil();

	/**
	 * Whether the service applies events of a type. It ignores the others, so its store
	 * never has their versions.
	 * @param type the code of the type
	 */
	boolean applies(short type);

	/**
	 * Whether writes are applied to the service's own store.
	 * @param versions the versions of the writes by the ids of the aggregates
	 */
	Mono<Boolean> isInStore(Map<String, Long> versions);

}
