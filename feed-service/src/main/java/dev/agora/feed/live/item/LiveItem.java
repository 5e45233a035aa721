package dev.agora.feed.live.item;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerSentEvent;

/**
 * The next event of a stream. Streams share the data of an event, which is loaded once.
 */
public final class LiveItem {

	private static final String READY = "ready";

	private static final String RECONNECT = "reconnect";

	private final @Nullable String id;

	private final @Nullable String type;

	private final Mono<String> data;

	private final @Nullable Duration retry;

	/**
	 * Creates an item.
	 * @param id the position that the client reaches by it; null if it does not change
	 * @param type the type of the event, null for a heartbeat
	 * @param data the data as JSON; empty if there is nothing to send any more
	 * @param retry the time after which the client reconnects, null if it does not change
	 */
	LiveItem(@Nullable String id, @Nullable String type, Mono<String> data, @Nullable Duration retry) {
		this.id = id;
		this.type = type;
		this.data = data;
		this.retry = retry;
	}

	/** Tells the client its position while nothing happens. */
	public static LiveItem heartbeat(String id) {
		return new LiveItem(id, null, Mono.just(""), null);
	}

	/** Commits the response, so that the client knows that the stream is open. */
	public static LiveItem opened() {
		return new LiveItem(null, null, Mono.just(""), null);
	}

	/**
	 * Says that everything that the client lacked was sent.
	 * @param id the position of the client from now on
	 * @param resumed whether the client had a position before
	 * @param complete whether that was all
	 */
	public static LiveItem ready(String id, boolean resumed, boolean complete) {
		String data = "{\"resumed\":" + resumed + ",\"complete\":" + complete + "}";
		return new LiveItem(id, READY, Mono.just(data), null);
	}

	/** Tells the client after which time it reconnects. */
	public LiveItem withRetry(Duration time) {
		return new LiveItem(this.id, this.type, this.data, time);
	}

	/** Sends the event only if a condition is met when its turn comes. */
	LiveItem onlyIf(Mono<Boolean> condition) {
		return new LiveItem(this.id, this.type, condition.filter(Boolean::booleanValue).flatMap((met) -> this.data),
				this.retry);
	}

	/** Ends the stream. */
	public static LiveItem reconnect(EndReason reason, Duration retry) {
		return new LiveItem(null, RECONNECT, Mono.just("{\"reason\":\"" + reason.tag() + "\"}"), retry);
	}

	/** Whether an event is the last of its stream. */
	public static boolean isLast(ServerSentEvent<String> event) {
		return RECONNECT.equals(event.event());
	}

	/** Loads the data; empty if there is nothing to send. */
	public Mono<ServerSentEvent<String>> toEvent() {
		return this.data.map(this::toEvent);
	}

	private ServerSentEvent<String> toEvent(String json) {
		ServerSentEvent.Builder<String> event = ServerSentEvent.builder();
		if (this.id != null) {
			event.id(this.id);
		}
		if (this.retry != null) {
			event.retry(this.retry);
		}
		return (this.type != null) ? event.event(this.type).data(json).build() : event.comment("heartbeat").build();
	}

}
