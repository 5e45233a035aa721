package dev.agora.feed.live.listener;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

import dev.agora.feed.live.item.EndReason;
import dev.agora.feed.live.item.LiveItem;

/**
 * One open stream: the events that wait for its client. Their number is bounded, so that
 * a client that does not read holds no memory and delays no other.
 */
public final class LiveStream {

	private final String member;

	private final Sinks.Many<LiveItem> items;

	private final Sinks.Empty<Void> end = Sinks.empty();

	private final Sinks.Empty<Void> closed = Sinks.empty();

	private final AtomicReference<@Nullable EndReason> reason = new AtomicReference<>();

	/** The time of the next heartbeat, by {@link System#nanoTime}. */
	private long heartbeatAt;

	/**
	 * Creates a stream without events.
	 * @param capacity the number of events that may wait for the client
	 */
	public LiveStream(String member, int capacity) {
		this.member = member;
		Queue<LiveItem> queue = Queues.<LiveItem>get(capacity).get();
		this.items = Sinks.many().unicast().onBackpressureBuffer(queue);
	}

	public String member() {
		return this.member;
	}

	/** Returns the events from the activation on. */
	public Flux<LiveItem> items() {
		return this.items.asFlux();
	}

	/** Completes when the stream must end without another event. */
	public Mono<Void> ended() {
		return this.end.asMono();
	}

	/** Completes when the response of the stream has ended. */
	public Mono<Void> closed() {
		return this.closed.asMono();
	}

	/** Notes that the response has ended, for whatever reason. */
	public void close() {
		this.closed.tryEmitEmpty();
	}

	/** Returns why the stream ended. */
	public EndReason reason() {
		EndReason known = this.reason.get();
		return (known != null) ? known : EndReason.CLIENT;
	}

	/** Sets why the stream ends, unless it is known already. */
	public void setReason(EndReason why) {
		this.reason.compareAndSet(null, why);
	}

	/** Adds an event, or ends the stream if too many wait. */
	public void offer(LiveItem item) {
		Sinks.EmitResult result = this.items.tryEmitNext(item);
		if (result == Sinks.EmitResult.FAIL_OVERFLOW || result == Sinks.EmitResult.FAIL_ZERO_SUBSCRIBER) {
			end(EndReason.SLOW);
		}
	}

	/** Ends the stream at once. */
	public void end(EndReason why) {
		setReason(why);
		this.end.tryEmitEmpty();
	}

	/** Whether a heartbeat is due; the next one is then due after an interval. */
	public boolean beats(long now, long interval) {
		if (now - this.heartbeatAt < 0) {
			return false;
		}
		this.heartbeatAt = now + interval;
		return true;
	}

	/** Sets the time of the first heartbeat, by {@link System#nanoTime}. */
	public void firstHeartbeat(long moment) {
		this.heartbeatAt = moment;
	}

}
