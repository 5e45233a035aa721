package dev.agora.platform.web;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.problem.RequestTimeout;
import dev.agora.platform.web.trace.RequestTraces;

/**
 * Gives each request an id, a trace and a deadline, and each response the name of the
 * build and instance that served it. While the process drains, responses close their
 * connection. Only the timer of requests is before it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class RequestFilter implements WebFilter {

	/** The header with the id of a request, which logs and responses repeat. */
	public static final String REQUEST_ID = "X-Request-Id";

	/** The response header with {@code <service>/<build>/<instance>} of the instance. */
	public static final String SERVED_BY = "X-Served-By";

	/** The header with the milliseconds that the caller still waits. */
	public static final String TIMEOUT = "X-Request-Timeout";

	/** The exchange attribute with the time of arrival, by {@code System.nanoTime()}. */
	public static final String ARRIVED = RequestFilter.class.getName() + ".arrived";

	private static final Pattern ACCEPTED_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	private final IdGenerator ids;

	private final String servedBy;

	private final Drain drain;

	private final RequestTraces traces;

	public RequestFilter(IdGenerator ids, Build build, Drain drain, RequestTraces traces) {
		this.ids = ids;
		this.servedBy = build.toString();
		this.drain = drain;
		this.traces = traces;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		HttpHeaders request = exchange.getRequest().getHeaders();
		String requestId = requestId(request.getFirst(REQUEST_ID));
		long arrived = System.nanoTime();
		exchange.getAttributes().put(ARRIVED, arrived);
		exchange.getAttributes().put(REQUEST_ID, requestId);
		this.traces.begin(exchange);
		exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> {
			addHeaders(exchange, requestId);
			this.traces.respond(exchange, requestId, arrived);
		}));
		ClientBody body = ClientBody.of(exchange.getRequest());
		Mono<Void> handled = chain.filter((body != null) ? exchange.mutate().request(body).build() : exchange);
		Duration timeout = timeout(request.getFirst(TIMEOUT));
		return this.traces.during(exchange, (timeout != null)
				? within(timeout, handled, body).contextWrite(Deadline.after(arrived, timeout)::putInto) : handled);
	}

	/**
	 * Ends the request at its deadline. If the client itself is late with the body, the
	 * failure is the client's.
	 */
	private static Mono<Void> within(Duration timeout, Mono<Void> handled, @Nullable ClientBody body) {
		return handled.timeout(timeout)
			.onErrorMap((failure) -> failure instanceof TimeoutException && body != null && body.isAwaited(),
					(late) -> new RequestTimeout());
	}

	private void addHeaders(ServerWebExchange exchange, String requestId) {
		HttpHeaders response = exchange.getResponse().getHeaders();
		response.set(REQUEST_ID, requestId);
		if (response.getFirst(SERVED_BY) == null) {
			response.set(SERVED_BY, this.servedBy);
		}
		if (this.drain.isDraining()) {
			response.set(HttpHeaders.CONNECTION, "close");
		}
	}

	private String requestId(@Nullable String sent) {
		return (sent != null && ACCEPTED_ID.matcher(sent).matches()) ? sent : this.ids.nextTransient();
	}

	private static @Nullable Duration timeout(@Nullable String milliseconds) {
		return (milliseconds != null && milliseconds.matches("[0-9]{1,7}"))
				? Duration.ofMillis(Long.parseLong(milliseconds)) : null;
	}

}
