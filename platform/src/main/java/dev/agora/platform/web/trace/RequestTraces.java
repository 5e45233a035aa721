package dev.agora.platform.web.trace;

import java.time.Instant;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.identity.Identity;
import dev.agora.platform.metrics.MethodTag;
import dev.agora.platform.problem.ProblemHandler;
import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.tracing.log.TracePropagation;

/**
 * Records the span of each request whose trace is sampled, and of each request that ends
 * with a 5xx. The latter is known only at the end, so the trace of such an unsampled
 * request has the spans of the requests alone, without those of stores and events.
 */
public final class RequestTraces {

	/** The response header with the trace id, if spans of the trace are recorded. */
	public static final String TRACE_ID = "X-Trace-Id";

	private static final String SPAN = RequestTraces.class.getName() + ".span";

	private static final String FAILED = RequestTraces.class.getName() + ".failed";

	private final TraceSource source;

	private final Tracing tracing;

	public RequestTraces(TraceSource source, Tracing tracing) {
		this.source = source;
		this.tracing = tracing;
	}

	/** Returns the span of a request, or null if its trace is not sampled. */
	public static @Nullable ActiveSpan spanOf(ServerWebExchange exchange) {
		return exchange.getAttribute(SPAN);
	}

	/** Determines the trace of a request, and starts its span if it is sampled. */
	public void begin(ServerWebExchange exchange) {
		String trace = this.source.begin(exchange.getRequest());
		exchange.getAttributes().put(Trace.PARENT, trace);
		exchange.getAttributes().put(ProblemHandler.TRACE_ID, Trace.idOf(trace));
		if (this.tracing.isRecorded(trace)) {
			exchange.getAttributes().put(SPAN, start(exchange, trace, null));
		}
	}

	/** Handles a request within its trace. */
	public Mono<Void> during(ServerWebExchange exchange, Mono<Void> handling) {
		String trace = exchange.getRequiredAttribute(Trace.PARENT);
		ActiveSpan span = spanOf(exchange);
		return TracePropagation.within(trace,
				(span == null) ? handling.contextWrite((context) -> context.put(Trace.PARENT, trace))
						: handling.contextWrite(span::putInto).doFinally((signal) -> end(exchange, span, signal)));
	}

	/**
	 * Describes a request, once its status is known.
	 * @param requestId the id of the request
	 * @param arrived the time of its arrival, by {@code System.nanoTime()}
	 */
	public void respond(ServerWebExchange exchange, String requestId, long arrived) {
		@Nullable HttpStatusCode known = exchange.getResponse().getStatusCode();
		int status = (known != null) ? known.value() : 200;
		ActiveSpan span = spanOf(exchange);
		if (span == null && (status < 500 || !this.tracing.isEnabled())) {
			return;
		}
		String trace = exchange.getRequiredAttribute(ProblemHandler.TRACE_ID);
		exchange.getResponse().getHeaders().set(TRACE_ID, trace);
		ActiveSpan described = (span != null) ? span
				: start(exchange, exchange.getRequiredAttribute(Trace.PARENT), arrival(arrived));
		describe(described.span(), exchange, status);
		described.span().setAttribute("agora.request.id", requestId);
		if (span == null || exchange.getAttribute(FAILED) != null) {
			described.end();
		}
	}

	private ActiveSpan start(ServerWebExchange exchange, String trace, @Nullable Instant arrived) {
		boolean continued = trace.equals(exchange.getRequest().getHeaders().getFirst(Trace.PARENT));
		SpanBuilder builder = this.tracing.prepare(continued ? trace : null, method(exchange), SpanKind.SERVER);
		if (arrived != null) {
			builder.setStartTimestamp(arrived);
		}
		return continued ? this.tracing.start(builder) : this.tracing.startFirst(trace, builder);
	}

	/**
	 * Ends the span of a request. An exception becomes a response only later, which then
	 * ends the span.
	 */
	private static void end(ServerWebExchange exchange, ActiveSpan span, SignalType signal) {
		if (signal == SignalType.ON_ERROR && !exchange.getResponse().isCommitted()) {
			exchange.getAttributes().put(FAILED, true);
			return;
		}
		if (signal != SignalType.ON_COMPLETE) {
			span.span().setAttribute("agora.aborted", true);
		}
		span.end();
	}

	private void describe(Span span, ServerWebExchange exchange, int status) {
		String method = method(exchange);
		@Nullable String route = this.source.route(exchange);
		span.setAttribute("http.request.method", method).setAttribute("http.response.status_code", status);
		if (route != null) {
			span.updateName(method + " " + route).setAttribute("http.route", route);
		}
		@Nullable String member = exchange.getAttribute(Identity.MEMBER);
		if (member != null) {
			span.setAttribute("enduser.id", member);
		}
		if (status >= 500) {
			span.setStatus(StatusCode.ERROR).setAttribute("error.type", String.valueOf(status));
		}
	}

	/** Clients may send any method, but the names of spans must be few. */
	private static String method(ServerWebExchange exchange) {
		String method = MethodTag.of(exchange.getRequest().getMethod());
		return method.equals(MethodTag.UNKNOWN) ? "_OTHER" : method;
	}

	private static Instant arrival(long arrived) {
		return Instant.now().minusNanos(System.nanoTime() - arrived);
	}

}
