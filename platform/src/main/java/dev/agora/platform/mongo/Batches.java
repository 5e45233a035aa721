package dev.agora.platform.mongo;

import com.mongodb.reactivestreams.client.FindPublisher;
import reactor.core.publisher.Flux;

/**
 * Reads the documents of a query in batches. The driver asks for as many in one batch as
 * the subscriber requests, which is 2,147,483,647 for most: some servers reserve the
 * memory for all of them.
 */
public final class Batches {

	public static final int SIZE = 500;

	private Batches() {
	}

	/** All documents that a query finds. */
	public static <T> Flux<T> of(FindPublisher<T> query) {
		return Flux.from(query.batchSize(SIZE));
	}

}
