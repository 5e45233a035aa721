package dev.agora.feed.audience;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An active follow.
 *
 * @param follower the id of the member who follows
 * @param followee the id of the member who is followed
 * @param since the time of its start, null if it was stored before these times
 * @param imported true if it was imported, otherwise null
 */
public record Follow(String follower, String followee, @Nullable Instant since, @Nullable Boolean imported) {

	/** Creates a follow whose start is not known. */
	public Follow(String follower, String followee) {
		this(follower, followee, null, null);
	}

	/** Whether this follow was imported. */
	public boolean isImported() {
		return Boolean.TRUE.equals(this.imported);
	}

}
