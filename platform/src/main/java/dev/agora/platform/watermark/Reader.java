package dev.agora.platform.watermark;

import reactor.core.publisher.Mono;

/** A consumer group of a topic, or what depends on it. */
@FunctionalInterface
public interface Reader {

	/** The time in milliseconds up to which every event is applied; 0 if unknown. */
	Mono<Long> appliedUntil();

	/** Returns the slower of two readers, which has applied what both have applied. */
	default Reader slowerOf(Reader other) {
		return () -> appliedUntil().zipWith(other.appliedUntil(), Math::min);
	}

}
