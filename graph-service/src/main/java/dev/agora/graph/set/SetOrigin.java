package dev.agora.graph.set;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.count.MemberGraph;
import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.cache.ReadPermits;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Reads the sets of members from MongoDB, within bounds of size, time and number. */
final class SetOrigin implements MeterBinder {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final Ties ties;

	private final MemberGraphs graphs;

	private final ReadPermits permits;

	private final CacheSettings cache;

	private final int maxIds;

	SetOrigin(Ties ties, MemberGraphs graphs, CacheSettings cache, SetSettings settings) {
		this.ties = ties;
		this.graphs = graphs;
		this.permits = ReadPermits.ofOrigin(cache);
		this.cache = cache;
		this.maxIds = settings.maxIds();
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		this.permits.register(meters, "set-reads");
	}

	/** Returns the version of a member's counts, 0 for a member without any. */
	Mono<Long> version(String owner) {
		return this.graphs.find(owner).map((graph) -> graph.version()).defaultIfEmpty(0L);
	}

	/** Returns the versions of the counts of several members. */
	Mono<Map<String, Long>> versions(Collection<String> owners) {
		return this.graphs.findAll(owners).collectMap(MemberGraph::owner, MemberGraph::version);
	}

	/**
	 * Loads a set for the holder of its lease. The version is read before the ids: a
	 * change writes its tie before it raises the version, so the ids have every change up
	 * to the version. They may have later ones, whose repetition changes nothing.
	 */
	Mono<LoadedSet> load(TieKind kind, String owner) {
		return inTime(
				version(owner).flatMap((version) -> readIds(kind, owner).map((ids) -> new LoadedSet(version, ids))));
	}

	/** Reads a set without a lease, as soon as there is a permit. */
	Mono<IdSet> read(TieKind kind, String owner) {
		return this.permits.withPermit(inTime(readIds(kind, owner)));
	}

	/**
	 * Reads any number of ids, the highest first, reading few ahead of the subscriber.
	 */
	Flux<String> scan(TieKind kind, String owner) {
		return this.ties.scan(owner, kind);
	}

	/** Reads a page of the ids that the sets of two members have in common. */
	Mono<Page<String>> intersect(TieKind kind, String one, String other, PageRequest page) {
		Mono<PagedIntersection> intersection = Mono.zip(size(kind, one), size(kind, other))
			.map((sizes) -> (sizes.getT1() <= sizes.getT2()) ? new PagedIntersection(this.ties, kind, one, other)
					: new PagedIntersection(this.ties, kind, other, one));
		return this.permits.withPermit(inTime(intersection.flatMap((both) -> both.read(page))));
	}

	private Mono<Long> size(TieKind kind, String owner) {
		return this.graphs.find(owner).map((graph) -> graph.size(kind)).defaultIfEmpty(0L);
	}

	private Mono<IdSet> readIds(TieKind kind, String owner) {
		return this.ties.ids(owner, kind, null, this.maxIds + 1)
			.collect(HashSet<String>::new, Set::add)
			.map((ids) -> (ids.size() > this.maxIds) ? IdSet.TOO_LARGE
					: IdSet.of(ids.stream().mapToLong(IdGenerator::toNumber).toArray()));
	}

	private <T> Mono<T> inTime(Mono<T> read) {
		return read.timeout(this.cache.loadDeadline())
			.onErrorMap(TimeoutException.class,
					(late) -> new Unavailable("The database did not respond in time.", RETRY_AFTER));
	}

	/**
	 * A set with the version that it has at least.
	 */
	record LoadedSet(long version, IdSet ids) {
	}

}
