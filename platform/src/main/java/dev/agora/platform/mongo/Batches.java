package dev.agora.platform.mongo;

import com.mongodb.reactivestreams.client.FindPublisher;
import reactor.core.publisher.Flux;

/**
 * Reads the documents of a query in batches. By default the driver requests as many
 * documents in one batch as the subscriber requests, usually 2,147,483,647, and some
 * servers reserve memory for all of them.
 */
public final class Batches {

	public static final int SIZE = 500;

	private Batches() {
	}

	/** Reads all documents that a query finds. */
	public static <T> Flux<T> of(FindPublisher<T> query) {
		return Flux.from(query.batchSize(SIZE));
	}

}
