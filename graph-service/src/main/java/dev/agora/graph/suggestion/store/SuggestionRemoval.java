package dev.agora.graph.suggestion.store;

import reactor.core.publisher.Mono;

/** Removes what is stored for the suggestions of a member who has deleted the account. */
public final class SuggestionRemoval {

	private final SuggestionLists lists;

	private final Dismissals dismissals;

	public SuggestionRemoval(SuggestionLists lists, Dismissals dismissals) {
		this.lists = lists;
		this.dismissals = dismissals;
	}

	/** Removes the list and the dismissals of a member; may be repeated. */
	public Mono<Void> removeAll(String member) {
		return this.dismissals.removeAll(member).then(Mono.defer(() -> this.lists.remove(member)));
	}

}
