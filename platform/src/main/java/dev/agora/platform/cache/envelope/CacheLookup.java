package dev.agora.platform.cache.envelope;

import org.jspecify.annotations.Nullable;

/**
 * The result of a lookup in the cache.
 *
 * @param outcome how the lookup ended
 * @param value the object, set for a hit and for a stale entry
 */
public record CacheLookup<T>(Outcome outcome, @Nullable T value) {

	/** Whether the lookup answers the request without a read of the origin. */
	public boolean isAnswer() {
		return switch (this.outcome) {
			case HIT, STALE, ABSENT -> true;
			case MISS, BYPASS, UNREADABLE -> false;
		};
	}

	/** How a lookup ended. */
	public enum Outcome {

		/** The entry is fresh. */
		HIT,
		/** The entry is older than refresh-after. */
		STALE,
		/** A negative entry or a tombstone: the object does not exist. */
		ABSENT,
		/** There is no entry. */
		MISS,
		/** Redis is unavailable. */
		BYPASS,
		/** The entry cannot be read. */
		UNREADABLE

	}

}
