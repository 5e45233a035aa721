package dev.agora.feed.live;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.codec.ServerSentEvent;

import dev.agora.feed.live.item.EndReason;
import dev.agora.feed.live.item.LiveItem;
import dev.agora.feed.live.listener.LiveStream;
import dev.agora.feed.live.log.Position;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;

/**
 * Opens the streams of members. A client first receives what it lacks, then {@code ready}
 * and all that follows, and {@code reconnect} at the end; it continues at any instance
 * where it was.
 */
public final class LiveStreams {

	private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);

	/** A client that does not read its last event is not waited for. */
	private static final Duration LAST_EVENT = Duration.ofSeconds(1);

	private static final int PREFETCH = 8;

	private final LiveHub hub;

	private final LiveFeeds feeds;

	private final LiveEnds ends;

	private final LivePermits permits;

	private final LiveMeters meters;

	public LiveStreams(LiveHub hub, LiveFeeds feeds, LiveEnds ends, LivePermits permits, LiveMeters meters) {
		this.hub = hub;
		this.feeds = feeds;
		this.ends = ends;
		this.permits = permits;
		this.meters = meters;
	}

	/**
	 * Opens a stream.
	 * @param stream the stream of the caller
	 * @param since the position of the client, null if it has none
	 * @throws TooManyRequests if the member has too many streams
	 * @throws Unavailable if this instance has too many streams, or too many authors
	 */
	Flux<ServerSentEvent<String>> open(Caller caller, LiveStream stream, @Nullable Position since) {
		Mono<LiveItem> last = this.ends.lastOf(stream).cache();
		Flux<LiveItem> items = this.feeds.authorsOf(caller)
			.flatMapMany((authors) -> this.permits.forAuthors(authors.size(),
					connect(stream, authors, since).startWith(LiveItem.opened())));
		return this.permits
			.forStream(caller.id(), toEvents(Flux.merge(items, last), stream).takeUntilOther(stopOf(stream, last)))
			.doFinally((signal) -> end(stream, signal));
	}

	private Flux<LiveItem> connect(LiveStream stream, Set<String> authors, @Nullable Position since) {
		Flux<LiveItem> items = (since != null) ? resume(stream, authors, since)
				: this.hub.activate(stream, authors, null)
					.flatMapMany((activation) -> start(stream, activation, ready(activation, false, true)));
		return this.hub.awaitLog().concatWith(items).onErrorResume((failure) -> Flux.just(failed(stream, failure)));
	}

	private Flux<LiveItem> resume(LiveStream stream, Set<String> authors, Position since) {
		return this.hub.positionFor(since)
			.flatMapMany((position) -> stored(stream, authors, since, position)
				.flatMapMany((stored) -> Flux.fromIterable(stored.items())
					.concatWith(activate(stream, authors, position, stored.complete()))));
	}

	private Flux<LiveItem> activate(LiveStream stream, Set<String> authors, Position since, boolean complete) {
		return this.hub.activate(stream, authors, since)
			.flatMapMany((activation) -> start(stream, activation, ready(activation, true, complete)));
	}

	/** Lists what the log has no more; nothing if it has everything. */
	private Mono<LiveFeeds.StoredItems> stored(LiveStream stream, Set<String> authors, Position since,
			Position logged) {
		return (since == logged) ? Mono.just(LiveFeeds.StoredItems.NONE)
				: this.feeds.listSince(since, stream.member(), authors);
	}

	private Flux<LiveItem> start(LiveStream stream, LiveHub.Activation activation, LiveItem ready) {
		return Flux.fromIterable(activation.items()).concatWithValues(ready).concatWith(stream.items());
	}

	private LiveItem ready(LiveHub.Activation activation, boolean resumed, boolean complete) {
		return LiveItem.ready(activation.position(), resumed, complete && activation.complete())
			.withRetry(this.ends.retry());
	}

	/** Ends with the last event. Other threads than the hub's load and write events. */
	private Flux<ServerSentEvent<String>> toEvents(Flux<LiveItem> items, LiveStream stream) {
		return items.publishOn(Schedulers.parallel(), PREFETCH)
			.concatMap((item) -> item.toEvent().onErrorResume((failure) -> failed(stream, failure).toEvent()), PREFETCH)
			.takeUntil(LiveItem::isLast);
	}

	private static Mono<Void> stopOf(LiveStream stream, Mono<LiveItem> last) {
		return Mono.firstWithSignal(stream.ended(), last.then(Mono.delay(LAST_EVENT)).then());
	}

	private LiveItem failed(LiveStream stream, Throwable failure) {
		stream.setReason(EndReason.ERROR);
		log.debug("A live stream failed", failure);
		return LiveItem.reconnect(EndReason.ERROR, this.ends.retry().plus(LAST_EVENT));
	}

	private void end(LiveStream stream, SignalType signal) {
		stream.close();
		this.hub.remove(stream);
		// A request that was refused was no stream.
		if (signal != SignalType.ON_ERROR) {
			this.meters.ended(stream.member(), stream.reason());
		}
	}

}
