package dev.agora.feed.live;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.feed.live.listener.LiveStream;
import dev.agora.feed.live.log.Position;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.sse.EventStreamResponse;

/** Streams what is new for the caller as server-sent events. */
@RestController
public final class LiveController {

	private final LiveStreams streams;

	private final LiveSettings settings;

	public LiveController(LiveStreams streams, LiveSettings settings) {
		this.streams = streams;
		this.settings = settings;
	}

	@GetMapping(path = "/feed/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	ResponseEntity<Flux<ServerSentEvent<String>>> stream(Caller caller, HttpMethod method,
			@RequestHeader(name = EventStreamResponse.LAST_EVENT_ID, required = false) @Nullable String lastEventId) {
		Position since = parse(lastEventId);
		// A response without a body would never end.
		return EventStreamResponse.of(HttpMethod.HEAD.equals(method) ? Flux.empty() : open(caller, since));
	}

	private Flux<ServerSentEvent<String>> open(Caller caller, @Nullable Position since) {
		return Flux.defer(() -> this.streams.open(caller, new LiveStream(caller.id(), this.settings.queue()), since));
	}

	private static @Nullable Position parse(@Nullable String lastEventId) {
		if (lastEventId == null || lastEventId.isEmpty()) {
			return null;
		}
		return Position.decode(lastEventId)
			.orElseThrow(() -> InvalidRequest.field(EventStreamResponse.LAST_EVENT_ID,
					"must be the id of an event of this stream"));
	}

}
