package dev.agora.platform.projection;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import dev.agora.platform.id.IdGenerator;

/**
 * Finds entries of projections, and waits for an entry whose id is fresh, since its event
 * may not have arrived yet.
 */
public final class FreshEntryLookup {

	private final ProjectionSettings settings;

	private final Clock clock;

	public FreshEntryLookup(ProjectionSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Finds an entry. If the id is fresh and the entry is missing, the projection is
	 * polled until the entry has arrived or the wait timeout is over.
	 * @param id the id, which may be malformed
	 * @param find reads the projection once
	 * @return the entry; empty if it is missing
	 */
	public <T> Mono<T> awaitFresh(String id, Function<String, Mono<T>> find) {
		if (!IdGenerator.isId(id)) {
			return Mono.empty();
		}
		Mono<T> entry = Mono.defer(() -> find.apply(id));
		long polls = this.settings.waitTimeout().dividedBy(this.settings.pollInterval());
		return isFresh(id)
				? entry.repeatWhenEmpty((empty) -> empty.take(polls).delayElements(this.settings.pollInterval()))
				: entry;
	}

	private boolean isFresh(String id) {
		Instant now = this.clock.instant();
		Instant createdAt = IdGenerator.createdAt(id);
		return createdAt.isAfter(now.minus(this.settings.freshFor()))
				&& createdAt.isBefore(now.plus(this.settings.freshFor()));
	}

}
