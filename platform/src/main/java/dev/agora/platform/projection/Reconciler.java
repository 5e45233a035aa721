package dev.agora.platform.projection;

import java.util.Map;
import java.util.Set;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;
import dev.agora.platform.document.Projection;

/**
 * Updates a projection, and reconciles the documents that depend on its entries.
 * <p>
 * No document is missed. The projection is updated first, then the dependents are read. A
 * document that is written too late to be read has a creation event of its own, and the
 * listener of that event finds the updated projection. Each step may be repeated at any
 * time and in any order. An interrupted reconciliation finds the dependents that are
 * still outdated when it is repeated.
 *
 * @param <T> the projection's value
 */
public final class Reconciler<T> {

	/** The version of a new source: no document shows an older one. */
	public static final long FIRST_VERSION = 1;

	/**
	 * A small number, so that requests stay quick while many documents are reconciled.
	 */
	private static final int CONCURRENCY = 4;

	private final Projection<T> projection;

	private final Dependents<T> dependents;

	public Reconciler(Projection<T> projection, Dependents<T> dependents) {
		this.projection = projection;
		this.dependents = dependents;
	}

	/**
	 * Stores a newer state of a source, and reconciles its dependents.
	 * @param sourceId the source's id
	 * @param version the source's version
	 * @param value the state
	 */
	public Mono<Void> upsert(String sourceId, long version, T value) {
		return this.projection.upsert(sourceId, version, value).then(Mono.defer(() -> reconcileAll(sourceId)));
	}

	/**
	 * Stores that a source was deleted, and reconciles its dependents.
	 * @param sourceId the source's id
	 * @param version the source's version
	 */
	public Mono<Void> remove(String sourceId, long version) {
		return this.projection.remove(sourceId, version).then(Mono.defer(() -> reconcileAll(sourceId)));
	}

	/**
	 * Reconciles one dependent, on the event of its creation.
	 * @param id the dependent's id
	 * @param sourceId the id of the source that it depends on
	 * @param knownVersion the version of the source that the dependent was created with;
	 * {@link #FIRST_VERSION} if the event does not name it
	 */
	public Mono<Void> reconcile(String id, String sourceId, long knownVersion) {
		return findNewer(sourceId, knownVersion).flatMap((source) -> this.dependents.reconcile(id, sourceId, source));
	}

	/**
	 * Whether sources and their dependents are in line with these versions or later ones.
	 * @param versions the versions by the ids of the sources
	 */
	public Mono<Boolean> hasApplied(Map<String, Long> versions) {
		return this.projection.hasVersions(versions)
			.flatMap((reached) -> reached ? areReconciled(versions.keySet()) : Mono.just(false));
	}

	private Mono<Boolean> areReconciled(Set<String> ids) {
		return Flux.fromIterable(ids)
			.concatMap(
					(id) -> findNewer(id, FIRST_VERSION).flatMap((source) -> this.dependents.hasOutdated(id, source)))
			.all((outdated) -> !outdated);
	}

	/**
	 * Reconciles with the stored state, even if the event has another one. It does so
	 * even if the projection had this state before, since an earlier attempt may have
	 * stopped half-way.
	 */
	private Mono<Void> reconcileAll(String sourceId) {
		return findNewer(sourceId, FIRST_VERSION).flatMap((source) -> reconcileAll(sourceId, source));
	}

	private Mono<Void> reconcileAll(String sourceId, Projected<T> source) {
		return this.dependents.findOutdated(sourceId, source)
			.flatMap((id) -> this.dependents.reconcile(id, sourceId, source), CONCURRENCY)
			.then();
	}

	private Mono<Projected<T>> findNewer(String sourceId, long version) {
		return this.projection.findForEvent(sourceId)
			.filter((source) -> source.isDeleted() || source.version() > version);
	}

}
