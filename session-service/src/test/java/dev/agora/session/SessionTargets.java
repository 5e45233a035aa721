package dev.agora.session;

import java.util.Map;

/** The commands of session-service that are allowed to go to all shards. */
public final class SessionTargets {

	private static final String RARE = "listing and ending sessions is rare; requests find their session by _id";

	/** The commands, each with its reason. */
	public static final Map<String, String> EXCEPTIONS = Map.of("find members by value.handle",
			"the migration of older members, once", "find sessions by session.id, session.member.id", RARE,
			"find sessions by session.expiresAt, session.member.id", RARE,
			"find sessions by session.expiresAt, session.id, session.member.id", RARE,
			"find sessions by session.member.id", RARE, "find sessions by session.member.id, session.memberVersion",
			RARE, "update sessions by session.member.id, session.memberVersion", RARE,
			"delete knownAddresses by memberId", "a member is deleted",
			"find members by removedAt, value.operatorSince", "an operator lists the operators");

	private SessionTargets() {
	}

}
