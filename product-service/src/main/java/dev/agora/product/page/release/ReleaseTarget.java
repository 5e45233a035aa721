package dev.agora.product.page.release;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes releases in an order that holds without a lock. Each publisher records its
 * release before it switches to it. After the switch it reads the records, and switches
 * to the newest release if that is another one. So the last switch is to the newest.
 */
abstract class ReleaseTarget implements PageTarget {

	private static final Logger log = LoggerFactory.getLogger(ReleaseTarget.class);

	@Override
	public final Mono<Boolean> publish(String release) {
		return published().defaultIfEmpty("")
			.flatMap((before) -> (before.compareTo(release) < 0) ? replace(before, release)
					: Mono.just(before.equals(release)));
	}

	@Override
	public final Mono<Void> discard(String release) {
		return removeSafely(release);
	}

	private Mono<Boolean> replace(String before, String release) {
		return record(release).then(Mono.defer(() -> switchToNewest(release)))
			.flatMap((newest) -> removeOlder(before).thenReturn(newest.equals(release)));
	}

	private Mono<String> switchToNewest(String release) {
		return switchTo(release).thenMany(Flux.defer(this::recorded))
			.reduce(release, (left, right) -> (left.compareTo(right) < 0) ? right : left)
			.flatMap((newest) -> newest.equals(release) ? Mono.just(newest) : switchToNewest(newest));
	}

	/**
	 * Keeps the release before, whose files readers may still have open or request, and
	 * those after it, which another publisher may be about to publish.
	 */
	private Mono<Void> removeOlder(String before) {
		return Flux.merge(releases(), recorded())
			.distinct()
			.filter((each) -> each.compareTo(before) < 0)
			.concatMap(this::removeSafely)
			.then()
			.onErrorResume((failure) -> Mono.fromRunnable(() -> report("Older releases", failure)));
	}

	private Mono<Void> removeSafely(String release) {
		return remove(release)
			.onErrorResume((failure) -> Mono.fromRunnable(() -> report("The release " + release, failure)));
	}

	private static void report(String what, Throwable failure) {
		log.warn("{} cannot be removed, which the next release does again: {}", what, failure.getMessage());
	}

	/** Finds the published release. */
	abstract Mono<String> published();

	/** Records that a release is complete and about to be published. */
	abstract Mono<Void> record(String release);

	/** Lists the releases that are recorded. */
	abstract Flux<String> recorded();

	/** Lets readers see a release, in one step. */
	abstract Mono<Void> switchTo(String release);

	/** Lists the releases that have files. */
	abstract Flux<String> releases();

	/** Removes the record of a release and its files. */
	abstract Mono<Void> remove(String release);

}
