package dev.agora.graph.suggestion;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.graph.count.MemberGraph;
import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.suggestion.rank.FriendScan;
import dev.agora.graph.suggestion.rank.Neighbourhood;
import dev.agora.graph.suggestion.rank.Ranking;
import dev.agora.graph.suggestion.rank.Suggestion;
import dev.agora.graph.suggestion.store.SuggestionList;
import dev.agora.platform.id.IdGenerator;

/** Computes the suggestions for a member from the graph. */
public final class SuggestionComputation {

	private final MemberGraphs graphs;

	private final FriendScan friends;

	private final SuggestionFilter filter;

	private final SuggestionSettings settings;

	private final Clock clock;

	public SuggestionComputation(MemberGraphs graphs, FriendScan friends, SuggestionFilter filter,
			SuggestionSettings settings, Clock clock) {
		this.graphs = graphs;
		this.friends = friends;
		this.filter = filter;
		this.settings = settings;
		this.clock = clock;
	}

	/** Returns the version of a member's counts, 0 for a member without any. */
	Mono<Long> graphVersion(String member) {
		return this.graphs.find(member).map(MemberGraph::version).defaultIfEmpty(0L);
	}

	/**
	 * Computes the suggestions for a member.
	 * @param maxIds the maximum number of ids to read; if they do not suffice, some
	 * friends are left out and the list is not complete
	 */
	public Mono<SuggestionList> compute(String member, int maxIds) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
			return graphVersion(member).flatMap((version) -> this.friends.read(member, maxIds)
				.flatMap((found) -> best(member, found)
					.map((items) -> new SuggestionList(items, found.isComplete(), version, now))));
		});
	}

	/** Ranks on a thread of its own, since that may take some time. */
	private Mono<List<Suggestion>> best(String member, Neighbourhood found) {
		return Mono.fromCallable(() -> Ranking.of(IdGenerator.toNumber(member), found.friends()))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMapMany((ranked) -> ranked.isEmpty() ? Flux.empty() : this.filter.filter(member, ranked))
			.take(this.settings.maxItems())
			.collectList();
	}

}
