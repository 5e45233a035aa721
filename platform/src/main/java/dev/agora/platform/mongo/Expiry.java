package dev.agora.platform.mongo;

import java.time.Clock;
import java.time.Duration;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import reactor.core.publisher.Mono;

/**
 * Deletes the expired documents of a collection. MongoDB does this on its own, by an
 * index. Some compatible servers do not, so one instance does it as well.
 */
final class Expiry {

	/** Greater than the tolerated difference of two clocks. */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	private final MongoCollection<?> collection;

	private final String field;

	private final Clock clock;

	Expiry(MongoCollection<?> collection, String field, Clock clock) {
		this.collection = collection;
		this.field = field;
		this.clock = clock;
	}

	Mono<Void> purge() {
		return Mono.from(this.collection.deleteMany(Filters.lte(this.field, this.clock.instant().minus(MARGIN))))
			.onErrorMap(MongoFailures::toProblem)
			.then();
	}

}
