package dev.agora.session;

import java.util.Map;

/** The commands of session-service that may go to all shards. */
public final class SessionTargets {

	private static final String RARE = "a member lists or ends sessions, which is rare; tokens are looked up by _id";

	/** Each with its reason. */
	public static final Map<String, String> EXCEPTIONS = Map.of("find members by value.handle",
			"once, for the members of earlier starts", "find sessions by session.id, session.member.id", RARE,
			"find sessions by session.expiresAt, session.member.id", RARE,
			"find sessions by session.expiresAt, session.id, session.member.id", RARE,
			"find sessions by session.member.id", RARE, "find sessions by session.member.id, session.memberVersion",
			RARE, "update sessions by session.member.id, session.memberVersion", RARE,
			"delete knownAddresses by memberId", "a member leaves");

	private SessionTargets() {
	}

}
