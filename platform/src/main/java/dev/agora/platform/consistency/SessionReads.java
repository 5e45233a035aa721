package dev.agora.platform.consistency;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.problem.Unavailable;

/**
 * Decides from where a read may be served, so that it shows all writes of a token. If the
 * service has not applied one, the read waits for a limited time. A token that names a
 * version that will never exist costs its own client this wait, and no other client.
 */
public final class SessionReads implements MeterBinder {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	private final List<SourceProgress> sources;

	private final ConsistencySettings settings;

	private final WaitPermits permits;

	public SessionReads(List<SourceProgress> sources, ConsistencySettings settings) {
		this.sources = sources;
		this.settings = settings;
		this.permits = new WaitPermits(settings.maxWaiting());
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		CapacityMeters.register(meters, "waiting-session-reads", this.permits::acquired, this.settings::maxWaiting);
	}

	/**
	 * Waits until the store of this service shows the writes of a token.
	 * @param caller identifies the caller, whose waiting reads are bounded
	 * @param path the path of the request
	 * @return whether copies show the writes too; if not, the store must serve the read
	 * @throws Unavailable if a write is not applied in time
	 */
	public Mono<Boolean> awaitApplied(String caller, String path, ConsistencyToken token) {
		List<SourceProgress> read = this.sources.stream()
			.filter((source) -> source.isReadBy(path) && token.contains(source.topic()))
			.toList();
		return read.isEmpty() ? Mono.just(true)
				: check(read, token)
					.flatMap((progress) -> progress.isApplied() ? Mono.just(progress) : await(caller, progress, token))
					.map(Progress::inCopies)
					.timeout(this.settings.waitTimeout(), Mono.error(SessionReads::behind));
	}

	private Mono<Progress> await(String caller, Progress progress, ConsistencyToken token) {
		return Mono.using(() -> this.permits.tryAcquire(caller),
				(permitted) -> permitted ? poll(progress, token) : Mono.error(behind()),
				(permitted) -> this.permits.release(caller, permitted));
	}

	/** Checks the sources that are behind again and again; the time-out ends it. */
	private Mono<Progress> poll(Progress first, ConsistencyToken token) {
		return Mono.just(first)
			.expand((last) -> last.isApplied() ? Mono.empty()
					: Mono.delay(this.settings.pollInterval())
						.then(Mono.defer(() -> check(last.behind(), token)))
						.map((next) -> new Progress(next.behind(), last.inCopies() && next.inCopies())))
			.last();
	}

	private static Mono<Progress> check(List<SourceProgress> sources, ConsistencyToken token) {
		return Flux.fromIterable(sources)
			.flatMap((source) -> check(source, token.of(source.topic())))
			.reduce(Progress::merge);
	}

	private static Mono<Progress> check(SourceProgress source, SeenWrites writes) {
		return source.copiesUntil()
			.flatMap((copied) -> writes.isWithin(copied) ? Mono.just(new Progress(List.of(), true))
					: isInStore(source, writes)
						.map((stored) -> new Progress(stored ? List.of() : List.of(source), false)));
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

	/**
	 * How far the writes of a token are applied.
	 *
	 * @param behind the sources whose writes the store lacks
	 * @param inCopies whether copies have the writes of all other sources
	 */
	private record Progress(List<SourceProgress> behind, boolean inCopies) {

		boolean isApplied() {
			return this.behind.isEmpty();
		}

		Progress merge(Progress other) {
			return new Progress(Stream.concat(this.behind.stream(), other.behind.stream()).toList(),
					this.inCopies && other.inCopies);
		}

	}

}
