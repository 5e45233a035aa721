package dev.agora.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.balance.LoadBalancerFilter;
import dev.agora.gateway.edge.ClientAddress;
import dev.agora.gateway.resilience.Deadlines;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.problem.ProblemHandler;
import dev.agora.platform.web.RequestFilter;
import dev.agora.platform.web.Trace;

/**
 * Writes the headers that a service gets. What services trust comes from here alone: the
 * identity, the ids, the deadline and the client's address. What the client sent in their
 * place is left out, and so is its token.
 */
public final class UpstreamHeadersFilter implements HttpHeadersFilter, Ordered {

	private static final String RESERVED = "x-agora-";

	private static final String FORWARDED = "x-forwarded-";

	private static final String TRACE_STATE = "tracestate";

	private static final Set<String> KEPT_OUT = Set.of("authorization", "cookie", "expect", "forwarded", "x-real-ip",
			RequestFilter.TIMEOUT.toLowerCase(Locale.ROOT), RequestFilter.REQUEST_ID.toLowerCase(Locale.ROOT),
			Trace.PARENT);

	private final Deadlines deadlines;

	public UpstreamHeadersFilter(Deadlines deadlines) {
		this.deadlines = deadlines;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public HttpHeaders filter(HttpHeaders sent, ServerWebExchange exchange) {
		HttpHeaders inside = new HttpHeaders();
		List<String> listed = HopByHop.listedBy(sent);
		for (Map.Entry<String, List<String>> header : sent.headerSet()) {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			if (!isKeptOut(name) && !listed.contains(name)) {
				inside.put(header.getKey(), header.getValue());
			}
		}
		set(inside, Identity.HEADER, exchange.getAttribute(Identity.HEADER));
		set(inside, RequestFilter.REQUEST_ID, exchange.getAttribute(RequestFilter.REQUEST_ID));
		String trace = exchange.getAttribute(Trace.PARENT);
		set(inside, Trace.PARENT, trace);
		if (trace != null && !trace.equals(sent.getFirst(Trace.PARENT))) {
			// It belongs to a trace that is not continued.
			inside.remove(TRACE_STATE);
		}
		set(inside, RequestFilter.TIMEOUT, timeout(exchange));
		set(inside, ProblemHandler.FORWARDED_PREFIX, LoadBalancerFilter.PREFIX);
		set(inside, "X-Forwarded-For", exchange.getAttribute(ClientAddress.ATTRIBUTE));
		return inside;
	}

	private static boolean isKeptOut(String name) {
		return name.startsWith(RESERVED) || name.startsWith(FORWARDED) || KEPT_OUT.contains(name)
				|| HopByHop.NAMES.contains(name);
	}

	private static void set(HttpHeaders headers, String name, @Nullable String value) {
		if (value != null) {
			headers.set(name, value);
		}
	}

	/** The service is told how long the gateway still waits: less at a second attempt. */
	private @Nullable String timeout(ServerWebExchange exchange) {
		Duration left = this.deadlines.left(exchange);
		return (left != null) ? Long.toString(Math.max(1, left.toMillis())) : null;
	}

}
