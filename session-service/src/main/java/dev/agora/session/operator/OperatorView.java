package dev.agora.session.operator;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.session.member.Profile;

/**
 * A member in a response of the management port.
 *
 * @param id the member's id
 * @param handle the member's handle
 * @param name the member's name
 * @param since when they became an operator; null if they are none
 */
record OperatorView(String id, String handle, String name, @Nullable Instant since) {

	static OperatorView of(Profile member) {
		return new OperatorView(member.id(), member.handle(), member.name(), member.operatorSince());
	}

}
