package dev.agora.console.trace;

import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.agora.console.access.Refusal;

/** Finds traces. */
public final class TraceHandler {

	private static final int MAX_FOUND = 60;

	private final Traces traces;

	public TraceHandler(Traces traces) {
		this.traces = traces;
	}

	/**
	 * Lists the newest traces.
	 * @param request may have the query {@code q}
	 * @return the traces that match
	 */
	public Mono<ServerResponse> list(ServerRequest request) {
		String query = request.queryParam("q").orElse("").strip();
		return ServerResponse.ok().bodyValue(Map.of("items", this.traces.find(query, MAX_FOUND)));
	}

	/**
	 * Shows one trace.
	 * @param request names its id
	 * @return the trace with its steps
	 */
	public Mono<ServerResponse> show(ServerRequest request) {
		return this.traces.find(request.pathVariable("id"))
			.map((trace) -> ServerResponse.ok().bodyValue(trace))
			.orElseGet(() -> new Refusal(HttpStatus.NOT_FOUND, "This trace is not kept, or no longer.").toResponse());
	}

}
