package dev.agora.console.collect;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.console.access.Refusal;
import dev.agora.console.view.Point;

/**
 * Streams the views as server-sent events: first the charts of the last minutes, then
 * each view.
 */
public final class StreamHandler {

	static final int MAX_STREAMS = 20;

	private final Collector collector;

	private final AtomicInteger open = new AtomicInteger();

	public StreamHandler(Collector collector) {
		this.collector = collector;
	}

	/**
	 * Opens a stream.
	 * @param request has no parameters
	 * @return the stream; 503 if too many are open
	 */
	public Mono<ServerResponse> stream(ServerRequest request) {
		if (this.open.incrementAndGet() > MAX_STREAMS) {
			this.open.decrementAndGet();
			return new Refusal(HttpStatus.SERVICE_UNAVAILABLE,
					MAX_STREAMS + " pages show the console already. Close one of them.")
				.toResponse();
		}
		Flux<ServerSentEvent<Object>> events = events().doFinally((signal) -> this.open.decrementAndGet());
		return ServerResponse.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.body(BodyInserters.fromServerSentEvents(events));
	}

	private Flux<ServerSentEvent<Object>> events() {
		Flux<ServerSentEvent<Object>> views = this.collector.views()
			.onBackpressureLatest()
			.concatMapIterable((view) -> List.of(event("point", Point.of(view)), event("view", view)), 1);
		return Flux.concat(Mono.fromSupplier(() -> event("points", this.collector.points())), views);
	}

	private static ServerSentEvent<Object> event(String type, Object data) {
		return ServerSentEvent.builder(data).event(type).build();
	}

}
