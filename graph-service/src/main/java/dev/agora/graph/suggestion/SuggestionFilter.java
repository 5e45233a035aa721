package dev.agora.graph.suggestion;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.graph.suggestion.rank.Suggestion;
import dev.agora.graph.suggestion.store.Dismissals;
import dev.agora.graph.tie.Tie;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.id.IdGenerator;

/**
 * Leaves out members whom a member follows or has dismissed, and those between whom and
 * the member there is a block. It reads the system of record, so that what the member has
 * just done shows.
 */
public final class SuggestionFilter {

	private static final int BATCH = 100;

	private final Ties ties;

	private final Dismissals dismissals;

	public SuggestionFilter(Ties ties, Dismissals dismissals) {
		this.ties = ties;
		this.dismissals = dismissals;
	}

	/** Filters suggestions, reading few ahead of the subscriber. */
	public Flux<Suggestion> filter(String member, List<Suggestion> suggestions) {
		return Flux.fromIterable(suggestions).buffer(BATCH).concatMap((batch) -> filterBatch(member, batch), 1);
	}

	private Flux<Suggestion> filterBatch(String member, List<Suggestion> batch) {
		List<String> ids = batch.stream().map((each) -> IdGenerator.ofNumber(each.number())).toList();
		Mono<Set<String>> tied = this.ties.find(member, ids)
			.filter((tie) -> tie.is(TieSide.FOLLOWING) || tie.isHidden())
			.map(Tie::other)
			.collect(Collectors.toSet());
		return Mono.zip(tied, this.dismissals.find(member, ids))
			.flatMapIterable((hidden) -> batch.stream()
				.filter((each) -> !hidden.getT1().contains(IdGenerator.ofNumber(each.number()))
						&& !hidden.getT2().contains(IdGenerator.ofNumber(each.number())))
				.toList());
	}

}
