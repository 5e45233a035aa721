package dev.agora.feed.live;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerSentEvent;

/**
 * The next event of a stream. Streams share the data of an event, which is loaded once.
 *
 * @param id the position that the client reaches by it; null if it does not change
 * @param type the type of the event, null for a heartbeat
 * @param data the data as JSON; empty if there is nothing to send any more
 * @param retry the time after which the client reconnects, null if it does not change
 */
record LiveItem(@Nullable String id, @Nullable String type, Mono<String> data, @Nullable Duration retry) {

	static final String READY = "ready";

	static final String RECONNECT = "reconnect";

	/** Tells the client its position while nothing happens. */
	static LiveItem heartbeat(String id) {
		return new LiveItem(id, null, Mono.just(""), null);
	}

	/** Commits the response, so that the client knows that the stream is open. */
	static LiveItem opened() {
		return new LiveItem(null, null, Mono.just(""), null);
	}

	/** Says that the client has everything up to now. */
	static LiveItem ready(Activation activation, boolean resumed, Duration retry) {
		String data = "{\"resumed\":" + resumed + ",\"complete\":" + activation.complete() + "}";
		return new LiveItem(activation.position(), READY, Mono.just(data), retry);
	}

	/** Ends the stream. */
	static LiveItem reconnect(EndReason reason, Duration retry) {
		return new LiveItem(null, RECONNECT, Mono.just("{\"reason\":\"" + reason.tag() + "\"}"), retry);
	}

	boolean isLast() {
		return RECONNECT.equals(this.type);
	}

	Mono<ServerSentEvent<String>> toEvent() {
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
