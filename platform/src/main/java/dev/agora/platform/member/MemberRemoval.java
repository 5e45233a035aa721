package dev.agora.platform.member;

import reactor.core.publisher.Mono;

/** Removes what a service stores on behalf of a member who was deleted. */
@FunctionalInterface
public interface MemberRemoval {

	/**
	 * Removes everything that a member has; safe to repeat.
	 * @param memberId the id of the deleted member
	 */
	Mono<Void> removeAllOf(String memberId);

}
