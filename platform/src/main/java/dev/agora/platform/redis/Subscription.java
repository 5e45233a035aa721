package dev.agora.platform.redis;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Receives the messages of a {@link Broadcast} and knows whether it has received all of
 * them. It publishes heartbeats through the same channel. When its own heartbeat comes
 * back, all earlier messages have arrived too, and the number in the heartbeat shows
 * whether one is missing. After a period without heartbeats the subscription assumes a
 * gap, since Redis may have lost messages together with their numbers.
 */
public final class Subscription implements AutoCloseable {

	/**
	 * After so many heartbeats that Redis accepted but never delivered, it resubscribes.
	 */
	private static final int MAX_MISSED = 40;

	private static final long NEVER = TimeUnit.DAYS.toNanos(10_000);

	private final String name = UUID.randomUUID().toString();

	private final Broadcast broadcast;

	private final Consumer<String> listener;

	private final Ticker ticker;

	private final Duration maxHeartbeatAge;

	private final Disposable heartbeats;

	private @Nullable Integer listenerId;

	/** The number of the current attempt: messages of an abandoned one are ignored. */
	private int attempt;

	private int missedHeartbeats = MAX_MISSED;

	private long count = -1;

	/** All messages before this moment have been received, or their gap is known. */
	private volatile long lastConfirmedAt;

	/** No message since this moment was missed. */
	private volatile long gaplessSince;

	/**
	 * Subscribes as soon as Redis is available, and again after each outage.
	 * @param interval the interval between two heartbeats
	 * @param maxHeartbeatAge the longest time without a heartbeat that is not taken for a
	 * gap
	 * @param listener receives the text of each message
	 */
	public Subscription(Broadcast broadcast, Duration interval, Duration maxHeartbeatAge, Consumer<String> listener,
			Ticker ticker) {
		this.broadcast = broadcast;
		this.maxHeartbeatAge = maxHeartbeatAge;
		this.listener = listener;
		this.ticker = ticker;
		this.gaplessSince = ticker.read();
		this.lastConfirmedAt = this.gaplessSince - NEVER;
		this.heartbeats = Flux.interval(interval).onBackpressureDrop().concatMap((tick) -> heartbeat(), 1).subscribe();
	}

	/**
	 * Whether all messages since a moment have been received, except for those of the
	 * time since the last heartbeat.
	 * @param moment a reading of the ticker
	 * @param maxHeartbeatAge how old the last heartbeat may be
	 */
	public boolean covers(long moment, Duration maxHeartbeatAge) {
		// In this order, since a confirmation is set after the gap that it reveals.
		return isConfirmed(maxHeartbeatAge) && moment - this.gaplessSince > 0;
	}

	/** Whether a heartbeat came back within the given time. */
	public boolean isConfirmed(Duration maxHeartbeatAge) {
		return this.ticker.read() - this.lastConfirmedAt <= maxHeartbeatAge.toNanos();
	}

	@Override
	public void close() {
		this.heartbeats.dispose();
	}

	private Mono<Void> heartbeat() {
		return this.broadcast.heartbeat(this.name + " " + this.ticker.read())
			.doOnSuccess((sent) -> subscribeIfMissing())
			.onErrorComplete(RedisFailure.class);
	}

	/**
	 * Redisson subscribes again after it has lost its connection. If that fails or is
	 * lost itself, heartbeats are missed and this method subscribes again.
	 */
	private synchronized void subscribeIfMissing() {
		if (this.missedHeartbeats++ < MAX_MISSED) {
			return;
		}
		this.missedHeartbeats = 0;
		int current = ++this.attempt;
		unsubscribe().thenCompose((done) -> this.broadcast.subscribe((message) -> onMessage(current, message)))
			.whenComplete((id, failure) -> onSubscribed(current, id));
	}

	private CompletionStage<@Nullable Void> unsubscribe() {
		CompletionStage<@Nullable Void> done = CompletableFuture.completedFuture(null);
		return (this.listenerId != null) ? this.broadcast.unsubscribe(this.listenerId).handle((result, failure) -> null)
				: done;
	}

	private synchronized void onSubscribed(int current, @Nullable Integer id) {
		if (current == this.attempt) {
			this.listenerId = id;
			this.missedHeartbeats = (id != null) ? 0 : MAX_MISSED;
		}
		else if (id != null) {
			this.broadcast.unsubscribe(id);
		}
	}

	private synchronized void onMessage(int current, String message) {
		if (current != this.attempt) {
			return;
		}
		int end = message.indexOf(' ');
		try {
			long number = Long.parseLong(message, 0, end, 10);
			if (message.startsWith(Broadcast.MESSAGE, end)) {
				compareCount(number, this.count + 1);
				this.listener.accept(message.substring(end + Broadcast.MESSAGE.length()));
			}
			else {
				compareCount(number, this.count);
				confirm(message.substring(end + Broadcast.HEARTBEAT.length()));
			}
		}
		catch (NumberFormatException | IndexOutOfBoundsException ex) {
			// A message in an unknown form is a gap.
			this.gaplessSince = this.ticker.read();
		}
	}

	private void compareCount(long number, long expected) {
		if (number != expected) {
			this.gaplessSince = this.ticker.read();
		}
		this.count = number;
	}

	private void confirm(String heartbeat) {
		if (heartbeat.startsWith(this.name)) {
			this.missedHeartbeats = 0;
			if (!isConfirmed(this.maxHeartbeatAge)) {
				this.gaplessSince = this.ticker.read();
			}
			this.lastConfirmedAt = Long.parseLong(heartbeat, this.name.length() + 1, heartbeat.length(), 10);
		}
	}

}
