package dev.agora.platform.document;

import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.MongoFailures;

/**
 * A state of a document from which a slow computation starts. Its result is written only
 * if neither another change nor another claim came in between.
 *
 * @param <T> the aggregate's state
 */
public final class Claim<T> {

	private final Stored<T> state;

	private final Function<Change<T>, Mono<Stored<T>>> writer;

	Claim(Stored<T> state, Function<Change<T>, Mono<Stored<T>>> writer) {
		this.state = state;
		this.writer = writer;
	}

	public Stored<T> state() {
		return this.state;
	}

	/**
	 * Changes the document.
	 * @return the state afterwards; empty if the document was changed or claimed since
	 */
	public Mono<Stored<T>> change(Change<T> change) {
		return this.writer.apply(change).onErrorMap(MongoFailures::toProblem);
	}

}
