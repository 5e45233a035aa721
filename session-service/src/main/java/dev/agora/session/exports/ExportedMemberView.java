package dev.agora.session.exports;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Stored;
import dev.agora.session.member.Member;

/**
 * A member in an export, without the password hash.
 *
 * @param renamedAt the recorded changes of the name
 * @param operatorSince when they became an operator; null if they are none
 */
record ExportedMemberView(String id, String handle, String name, Instant createdAt, List<Instant> renamedAt,
		@Nullable Instant operatorSince) {

	static ExportedMemberView of(Stored<Member> stored) {
		Member member = stored.value();
		return new ExportedMemberView(stored.id(), member.handle(), member.name(), member.createdAt(),
				member.renamedAt(), member.operatorSince());
	}

}
