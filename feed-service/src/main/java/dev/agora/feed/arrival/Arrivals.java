package dev.agora.feed.arrival;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.agora.platform.id.IdGenerator;

/**
 * Finds copies of what another service made a moment ago: a young id that is not here yet
 * is waited for a little, since its event is on the way.
 */
public final class Arrivals {

	private static final Duration YOUNG = Duration.ofSeconds(30);

	private static final Duration PAUSE = Duration.ofMillis(50);

	private static final int TRIES = 40;

	private final Clock clock;

	public Arrivals(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Finds a copy, at once or within two seconds if its id was made in the last half
	 * minute.
	 * @param id the id, perhaps not even well-formed
	 * @param copies where the copy appears
	 * @return the copy; empty if it is not there by then
	 */
	public <T> Mono<T> await(String id, Function<String, Mono<T>> copies) {
		if (!IdGenerator.isId(id)) {
			return Mono.empty();
		}
		Mono<T> copy = Mono.defer(() -> copies.apply(id));
		return isYoung(id) ? copy.repeatWhenEmpty((tries) -> tries.take(TRIES).delayElements(PAUSE)) : copy;
	}

	private boolean isYoung(String id) {
		Instant now = this.clock.instant();
		Instant madeAt = IdGenerator.createdAt(id);
		return madeAt.isAfter(now.minus(YOUNG)) && madeAt.isBefore(now.plus(YOUNG));
	}

}
