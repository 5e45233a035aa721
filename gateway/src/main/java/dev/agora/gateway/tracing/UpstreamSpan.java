package dev.agora.gateway.tracing;

import java.net.URI;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.log.TracePropagation;
import dev.agora.platform.web.trace.RequestTraces;

/**
 * Records the span of each attempt to send a request to an instance, until the head of
 * the response has arrived. A second attempt is a second span.
 */
public final class UpstreamSpan {

	private static final String ATTEMPTS = UpstreamSpan.class.getName() + ".attempts";

	private UpstreamSpan() {
	}

	/**
	 * Sends a request within its span, whose trace context the service receives. If the
	 * trace is not sampled, only sends it.
	 * @param instance the address of the instance
	 */
	public static Mono<Void> around(ServerWebExchange exchange, URI instance, Mono<Void> attempt) {
		ActiveSpan server = RequestTraces.spanOf(exchange);
		return TracePropagation.restore((server != null) ? send(exchange, instance, attempt, server) : attempt);
	}

	/** Prepares the span of a request to an instance. */
	public static SpanBuilder prepare(ActiveSpan parent, String method, URI instance) {
		return parent.child(method, SpanKind.CLIENT)
			.setAttribute("http.request.method", method)
			.setAttribute("server.address", instance.getHost())
			.setAttribute("server.port", instance.getPort());
	}

	private static Mono<Void> send(ServerWebExchange exchange, URI instance, Mono<Void> attempt, ActiveSpan server) {
		String method = exchange.getRequest().getMethod().name();
		SpanBuilder builder = prepare(server, method, instance);
		int earlier = exchange.getAttributeOrDefault(ATTEMPTS, 0);
		if (earlier > 0) {
			builder.setAttribute("http.request.resend_count", earlier);
		}
		exchange.getAttributes().put(ATTEMPTS, earlier + 1);
		ActiveSpan span = server.start(builder);
		exchange.getAttributes().put(Trace.PARENT, span.traceparent());
		return span.during(attempt.doOnSuccess((done) -> describe(span, exchange)));
	}

	private static void describe(ActiveSpan span, ServerWebExchange exchange) {
		@Nullable HttpClientResponse response = exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR);
		if (response == null) {
			return;
		}
		int status = response.status().code();
		span.span().setAttribute("http.response.status_code", status);
		if (status >= 400) {
			span.span().setStatus(StatusCode.ERROR).setAttribute("error.type", String.valueOf(status));
		}
	}

}
