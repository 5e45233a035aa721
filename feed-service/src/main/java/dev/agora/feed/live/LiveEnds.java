package dev.agora.feed.live;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import reactor.core.publisher.Mono;

import dev.agora.feed.live.item.EndReason;
import dev.agora.feed.live.item.LiveItem;
import dev.agora.feed.live.listener.LiveStream;
import dev.agora.platform.lifecycle.Drain;

/**
 * Decides when a stream ends, and when its client returns. Both times are random in part,
 * so that clients that connected together do not return together.
 */
public final class LiveEnds {

	private static final Duration MIN_RETRY = Duration.ofMillis(500);

	private static final Duration RETRY_SPREAD = Duration.ofSeconds(3);

	private final LiveSettings settings;

	private final Drain drain;

	public LiveEnds(LiveSettings settings, Drain drain) {
		this.settings = settings;
		this.drain = drain;
	}

	/** Returns the time after which a client reconnects. */
	Duration retry() {
		return MIN_RETRY.plus(randomPartOf(RETRY_SPREAD));
	}

	/**
	 * The last event of a stream: when it is old enough, or this instance drains. There
	 * is none once the stream is closed, after which nothing waits for its end.
	 */
	Mono<LiveItem> lastOf(LiveStream stream) {
		Duration age = this.settings.duration()
			.multipliedBy(4)
			.dividedBy(5)
			.plus(randomPartOf(this.settings.duration().multipliedBy(2).dividedBy(5)));
		Mono<EndReason> drained = this.drain.begun().thenReturn(EndReason.DRAIN);
		return Mono
			.firstWithSignal(drained, Mono.delay(age).thenReturn(EndReason.AGE), stream.closed().then(Mono.empty()))
			.doOnNext(stream::setReason)
			.map((reason) -> LiveItem.reconnect(reason, retry()));
	}

	private static Duration randomPartOf(Duration whole) {
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(whole.toMillis() + 1));
	}

}
