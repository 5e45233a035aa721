package dev.agora.platform.cache;

import org.jspecify.annotations.Nullable;

/**
 * What a look into the cache gave.
 *
 * @param value set for a hit and for a stale one
 */
record Reading<T>(Outcome outcome, @Nullable T value) {

	/** Needs no origin to be answered. */
	boolean isAnswer() {
		return this.outcome != Outcome.MISS && this.outcome != Outcome.BYPASS;
	}

	enum Outcome {

		HIT, STALE, ABSENT, MISS, BYPASS

	}

}
