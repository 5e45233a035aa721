package dev.agora.platform.projection;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;

/**
 * The documents of a service that depend on the entries of a projection: they show a card
 * of the entry, or they are removed together with it.
 *
 * @param <T> the projection's value
 */
public interface Dependents<T> {

	/**
	 * Finds the documents that are not in line with an entry. They are read on demand, so
	 * there may be many.
	 * @param sourceId the entry's id
	 * @param source the entry
	 * @return the ids of the documents
	 */
	Flux<String> findOutdated(String sourceId, Projected<T> source);

	/**
	 * Whether any document is not in line with an entry. Reads ask for it, so it changes
	 * nothing.
	 * @param sourceId the entry's id
	 * @param source the entry
	 */
	default Mono<Boolean> hasOutdated(String sourceId, Projected<T> source) {
		return findOutdated(sourceId, source).hasElements();
	}

	/**
	 * Brings a document in line with an entry. A document that is in line, or that does
	 * not exist any more, stays as it is.
	 * @param id the document's id
	 * @param sourceId the entry's id
	 * @param source the entry
	 */
	Mono<Void> reconcile(String id, String sourceId, Projected<T> source);

}
