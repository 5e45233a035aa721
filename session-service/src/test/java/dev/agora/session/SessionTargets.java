package dev.agora.session;

import java.util.Map;

/** The commands of session-service that are allowed to go to all shards. */
public final class SessionTargets {

	private static final String RARE = "listing and ending sessions is rare; requests find their session by _id";

	private static final String DELETED = "a member is deleted";

	/** The commands, each with its reason. */
	public static final Map<String, String> EXCEPTIONS = Map.ofEntries(
			Map.entry("find members by value.handle", "the migration of older members, once"),
			Map.entry("find sessions by session.id, session.member.id", RARE),
			Map.entry("find sessions by session.expiresAt, session.member.id", RARE),
			Map.entry("find sessions by session.expiresAt, session.id, session.member.id", RARE),
			Map.entry("find sessions by session.member.id", RARE),
			Map.entry("find sessions by session.member.id, session.memberVersion", RARE),
			Map.entry("update sessions by session.member.id, session.memberVersion", RARE),
			Map.entry("delete knownAddresses by memberId", DELETED),
			Map.entry("find knownAddresses by memberId", "an export is rare"),
			Map.entry("find jobs by $or, removedAt, value.owner", DELETED),
			Map.entry("aggregate jobs by value.owner, value.state", "a submission counts the open jobs of its owner"),
			Map.entry("find members by removedAt, value.operatorSince", "an operator lists the operators"));

	private SessionTargets() {
	}

}
