package dev.agora.graph.count;

import reactor.core.publisher.Mono;

/** Receives each change of a member's lists before its writer gets a response. */
public interface GraphObserver {

	/** Called after the change is in the database. It must not fail. */
	Mono<Void> onChange(MemberGraphChange change);

}
