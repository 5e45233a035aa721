package dev.agora.platform.consistency;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.problem.Unavailable;

/**
 * Decides from where a read may be served, so that it shows all writes of a token. If the
 * service has not applied one, the read waits for a limited time. A token that names a
 * version that will never exist costs its own client this wait, and no other client.
 */
public final class SessionReads {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final List<SourceProgress> sources;

	private final ConsistencySettings settings;

	private final Semaphore waiting;

	public SessionReads(List<SourceProgress> sources, ConsistencySettings settings) {
		this.sources = sources;
		this.settings = settings;
		this.waiting = new Semaphore(settings.maxWaiting());
	}

	/**
	 * Waits until the store of this service shows the writes of a token.
	 * @param path the path of the request
	 * @return whether copies show the writes too; if not, the store must serve the read
	 * @throws Unavailable if a write is not applied in time
	 */
	public Mono<Boolean> awaitApplied(String path, ConsistencyToken token) {
		List<SourceProgress> read = this.sources.stream()
			.filter((source) -> source.isReadBy(path) && token.contains(source.topic()))
			.toList();
		return read.isEmpty() ? Mono.just(true) : stateOf(read, token).flatMap(
				(state) -> (state == State.BEHIND) ? await(read, token) : Mono.just(state == State.APPLIED_TO_COPIES));
	}

	/** Shortens a token by what all readers of this service have applied. */
	public ConsistencyToken compact(ConsistencyToken token) {
		return token.compact((topic) -> this.sources.stream()
			.filter((source) -> source.topic().equals(topic))
			.mapToLong(SourceProgress::lastCopiesUntil)
			.min()
			.orElse(0));
	}

	private Mono<Boolean> await(List<SourceProgress> read, ConsistencyToken token) {
		long polls = this.settings.waitTimeout().dividedBy(this.settings.pollInterval());
		return Mono.using(this.waiting::tryAcquire, (permitted) -> poll(read, token, permitted ? polls : 0),
				(permitted) -> {
					if (permitted) {
						this.waiting.release();
					}
				});
	}

	private Mono<Boolean> poll(List<SourceProgress> read, ConsistencyToken token, long polls) {
		return Mono.delay(this.settings.pollInterval())
			.then(stateOf(read, token))
			.filter((state) -> state != State.BEHIND)
			.repeatWhenEmpty((behind) -> behind.take(polls))
			.map((state) -> state == State.APPLIED_TO_COPIES)
			.switchIfEmpty(Mono.error(SessionReads::behind));
	}

	private Mono<State> stateOf(List<SourceProgress> read, ConsistencyToken token) {
		return Flux.fromIterable(read)
			.flatMap((source) -> stateOf(source, token.of(source.topic())))
			.reduce((one, other) -> Comparator.<State>naturalOrder().compare(one, other) < 0 ? one : other);
	}

	private static Mono<State> stateOf(SourceProgress source, SeenWrites writes) {
		return source.copiesUntil()
			.flatMap((copied) -> writes.isWithin(copied) ? Mono.just(State.APPLIED_TO_COPIES)
					: isInStore(source, writes).map((stored) -> stored ? State.APPLIED_TO_STORE : State.BEHIND));
	}

	private static Mono<Boolean> isInStore(SourceProgress source, SeenWrites writes) {
		return source.storeUntil().flatMap((stored) -> {
			Map<String, Long> open = writes.versionsAfter(stored, source::applies);
			return (writes.until() > stored) ? Mono.just(false)
					: open.isEmpty() ? Mono.just(true) : source.isInStore(open);
		});
	}

	private static Unavailable behind() {
		return new Unavailable("This service has not received all changes that you have made: try again soon.",
				RETRY_AFTER);
	}

	/** How far the writes of a token are applied, the worst case first. */
	private enum State {

		BEHIND, APPLIED_TO_STORE, APPLIED_TO_COPIES

	}

}
