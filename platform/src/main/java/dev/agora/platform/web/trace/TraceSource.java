package dev.agora.platform.web.trace;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

import dev.agora.platform.tracing.Trace;

/**
 * Decides where the traces of requests begin. A service continues the trace of its
 * caller; the gateway has a source of its own.
 */
public interface TraceSource {

	/** Returns the trace context of a request: the one that it carries, or a new one. */
	default String begin(ServerHttpRequest request) {
		return Trace.continueOrStart(request.getHeaders().getFirst(Trace.PARENT));
	}

	/** Returns the pattern of a request's path, or null if it has matched none. */
	default @Nullable String route(ServerWebExchange exchange) {
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern instanceof PathPattern path) ? path.getPatternString() : null;
	}

}
