package dev.agora.graph.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.graph.block.Blocks;
import dev.agora.graph.set.IdSet;
import dev.agora.graph.set.IdSets;
import dev.agora.platform.cache.ReadPermits;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Consistency;

/**
 * Finds shortest paths between members. A path never has a member who is hidden from the
 * viewer or whose account is deleted: if the search finds one, it starts again without
 * that member. A path between members of whom one is deleted meanwhile does not exist. A
 * search runs on a thread of its own, since the sets may have many ids.
 */
public final class Paths implements MeterBinder {

	private static final Duration PERMIT_TIMEOUT = Duration.ofMillis(500);

	/** Bounds the size of one response of Redis. */
	private static final int SETS_PER_READ = 32;

	private static final int IDS_PER_STEP = 500;

	private final IdSets sets;

	private final Blocks blocks;

	private final MemberProjection members;

	private final PathSettings settings;

	private final ReadPermits permits;

	private final CallerSearches searches;

	public Paths(IdSets sets, Blocks blocks, MemberProjection members, PathSettings settings) {
		this.sets = sets;
		this.blocks = blocks;
		this.members = members;
		this.settings = settings;
		this.permits = new ReadPermits("path", settings.maxSearches(), PERMIT_TIMEOUT,
				"Too many searches for paths run at the moment.");
		this.searches = new CallerSearches(settings.maxSearches());
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		this.permits.register(meters, "path-searches");
	}

	/**
	 * Finds a shortest path; empty if there is none that is short enough.
	 * @param from the id of the caller
	 * @throws TooManyRequests if the caller has too many open searches
	 * @throws Unavailable if too many searches run, or this one reads too many ids
	 */
	Mono<List<MemberCard>> find(String from, String to, Consistency consistency) {
		Mono<List<MemberCard>> path = Mono
			.defer(() -> find(PathSearch.between(from, to, this.settings.maxIds()), from, consistency));
		return this.blocks.hiddenFrom(from, List.of(to))
			.flatMap((hidden) -> hidden.isEmpty() ? this.searches.run(from, this.permits.withPermit(path))
					: Mono.empty());
	}

	private Mono<List<MemberCard>> find(PathSearch search, String viewer, Consistency consistency) {
		return run(search, consistency).filter(PathSearch::isFound)
			.flatMap((found) -> Mono.zip(this.members.list(found.path()), this.blocks.hiddenFrom(viewer, found.path())))
			.flatMap((read) -> {
				Set<String> unusable = unusable(search.path(), read.getT1(), read.getT2());
				return unusable.isEmpty() ? Mono.just(read.getT1())
						: findWithout(unusable, search, viewer, consistency);
			});
	}

	private Mono<List<MemberCard>> findWithout(Set<String> unusable, PathSearch search, String viewer,
			Consistency consistency) {
		return search.hasEndAmong(unusable) ? Mono.empty() : find(search.without(unusable), viewer, consistency);
	}

	/** Runs a search until nothing better can be found. */
	Mono<PathSearch> run(PathSearch search, Consistency consistency) {
		return Mono.defer(() -> search.isOver() ? Mono.just(search)
				: expand(search, search.cheaperSide(), consistency).then(Mono.defer(() -> run(search, consistency))));
	}

	private Mono<Void> expand(PathSearch search, SearchSide side, Consistency consistency) {
		if (side.hasLargeSetsOnly()) {
			return Flux.fromIterable(side.layer())
				.concatMap((member) -> readLarge(search, side, member))
				.takeUntil((read) -> search.isShortest())
				.then(Mono.fromRunnable(() -> side.advance(List.of())));
		}
		List<Long> tooLarge = new ArrayList<>();
		return Flux.fromIterable(side.layer())
			.buffer(SETS_PER_READ)
			.concatMap((part) -> read(side, part, consistency).publishOn(Schedulers.boundedElastic())
				.doOnNext((found) -> tooLarge.addAll(reachAll(search, side, part, found))), 1)
			.takeUntil((read) -> search.isShortest())
			.then(Mono.fromRunnable(() -> side.advance(tooLarge)));
	}

	private Mono<Map<String, IdSet>> read(SearchSide side, List<Long> members, Consistency consistency) {
		List<String> owners = members.stream().map(IdGenerator::ofNumber).toList();
		return (consistency == Consistency.STRONG) ? this.sets.findAllUncached(side.kind(), owners)
				: this.sets.findAll(side.kind(), owners);
	}

	/** Returns the members whose sets are too large. */
	private static List<Long> reachAll(PathSearch search, SearchSide side, List<Long> members,
			Map<String, IdSet> found) {
		List<Long> tooLarge = new ArrayList<>();
		for (Long member : members) {
			IdSet ids = found.getOrDefault(IdGenerator.ofNumber(member), IdSet.TOO_LARGE);
			if (ids.isTooLarge()) {
				tooLarge.add(member);
			}
			else {
				search.reach(side, member, ids.numbers());
			}
		}
		return tooLarge;
	}

	private Flux<List<Long>> readLarge(PathSearch search, SearchSide side, Long member) {
		return this.sets.scan(side.kind(), IdGenerator.ofNumber(member))
			.map(IdGenerator::toNumber)
			.buffer(IDS_PER_STEP)
			.publishOn(Schedulers.boundedElastic(), 1)
			.doOnNext((ids) -> search.reach(side, member, ids.stream().mapToLong(Long::longValue)));
	}

	private static Set<String> unusable(List<String> path, List<MemberCard> cards, Set<String> hidden) {
		Set<String> unusable = new HashSet<>(path);
		unusable.removeAll(cards.stream().map(MemberCard::id).collect(Collectors.toSet()));
		unusable.addAll(hidden);
		return unusable;
	}

}
