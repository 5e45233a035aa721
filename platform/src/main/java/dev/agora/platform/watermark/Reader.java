package dev.agora.platform.watermark;

import reactor.core.publisher.Mono;

/** A consumer group of a topic, or what depends on it. */
public interface Reader {

	/** The time in milliseconds up to which every event is applied; 0 if unknown. */
	Mono<Long> appliedUntil();

	/** The last known value of {@link #appliedUntil()}. */
	long lastAppliedUntil();

}
