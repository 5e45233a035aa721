package dev.agora.graph.count;

import java.util.List;

import reactor.core.publisher.Mono;

/** Receives each change of a member's lists before its writer gets a response. */
public interface GraphObserver {

	/**
	 * Called after the changes are in the database. It must not fail.
	 * @param changes the changes of one write; those of one member are in their order
	 */
	Mono<Void> onChanges(List<MemberGraphChange> changes);

}
