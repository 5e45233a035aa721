package dev.agora.platform.watermark;

import reactor.core.publisher.Mono;

/** A consumer group of a topic, or what depends on it. */
public interface Reader {

	/** The time in milliseconds up to which every event is applied; 0 if unknown. */
	Mono<Long> appliedUntil();

	/** The last known value of {@link #appliedUntil()}. */
	long lastAppliedUntil();

	/** Returns the slower of two readers, which has applied what both have applied. */
	default Reader slowerOf(Reader other) {
		Reader one = this;
		return new Reader() {

			@Override
			public Mono<Long> appliedUntil() {
				return one.appliedUntil().zipWith(other.appliedUntil(), Math::min);
			}

			@Override
			public long lastAppliedUntil() {
				return Math.min(one.lastAppliedUntil(), other.lastAppliedUntil());
			}

		};
	}

}
