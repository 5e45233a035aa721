package dev.agora.platform.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;

import dev.agora.platform.metrics.LatencyTimers;
import dev.agora.platform.metrics.MethodTag;

/**
 * Measures the requests by operation and status as {@code http.server.requests}. An
 * observation of Micrometer would measure the same for more than a tenth of the cost of a
 * cached read. It is the first filter: a later one may serve the request, and the
 * {@link RequestFilter} cancels it at its deadline, which then has a response.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestTimer implements WebFilter {

	/**
	 * The status that nginx logs if the client closed the connection before the response.
	 */
	public static final int CLIENT_CLOSED_REQUEST = 499;

	/** The operation of all paths without a handler. */
	private static final String UNKNOWN = "UNKNOWN";

	private final MeterRegistry meters;

	private final Map<Operation, Timer> timers = new ConcurrentHashMap<>();

	RequestTimer(MeterRegistry meters) {
		this.meters = meters;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		long start = System.nanoTime();
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> record(exchange, statusOf(exchange), start)));
		return chain.filter(exchange).doOnCancel(() -> recordCancellation(exchange, start));
	}

	/** A response that has begun is recorded already. */
	private void recordCancellation(ServerWebExchange exchange, long start) {
		if (!exchange.getResponse().isCommitted()) {
			record(exchange, CLIENT_CLOSED_REQUEST, start);
		}
	}

	private void record(ServerWebExchange exchange, int status, long start) {
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		Operation operation = new Operation(MethodTag.of(exchange.getRequest().getMethod()),
				(pattern instanceof PathPattern path) ? path.getPatternString() : UNKNOWN, status);
		// Without this look-up, most requests would take a lock of the map.
		Timer known = this.timers.get(operation);
		Timer timer = (known != null) ? known : this.timers.computeIfAbsent(operation, this::timer);
		timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
	}

	private static int statusOf(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null) ? status.value() : 200;
	}

	private Timer timer(Operation operation) {
		return LatencyTimers.ofRequests("http.server.requests")
			.description("The duration of requests until the head of their responses")
			.tag("method", operation.method())
			.tag("uri", operation.uri())
			.tag("status", String.valueOf(operation.status()))
			.register(this.meters);
	}

	private record Operation(String method, String uri, int status) {
	}

}
