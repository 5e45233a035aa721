package dev.agora.platform.sse;

import reactor.core.publisher.Flux;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

/** The response whose body is a stream of server-sent events. */
public final class EventStreamResponse {

	/**
	 * The header of a request with the id of the last event that its client received.
	 */
	public static final String LAST_EVENT_ID = "Last-Event-ID";

	private EventStreamResponse() {
	}

	/** Creates the response: no cache stores the events, and no proxy buffers them. */
	public static <T> ResponseEntity<Flux<ServerSentEvent<T>>> of(Flux<ServerSentEvent<T>> events) {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noStore())
			// Tells nginx in front of the gateway not to buffer the events.
			.header("X-Accel-Buffering", "no")
			.body(events);
	}

}
