package dev.agora.platform.cache.envelope;

import org.jspecify.annotations.Nullable;

/**
 * What a look into the cache gave.
 *
 * @param value set for a hit and for a stale one
 */
public record CacheLookup<T>(Outcome outcome, @Nullable T value) {

	/** Needs no origin to be answered. */
	public boolean isAnswer() {
		return switch (this.outcome) {
			case HIT, STALE, ABSENT -> true;
			case MISS, BYPASS, UNREADABLE -> false;
		};
	}

	public enum Outcome {

		HIT, STALE, ABSENT, MISS, BYPASS, UNREADABLE

	}

}
