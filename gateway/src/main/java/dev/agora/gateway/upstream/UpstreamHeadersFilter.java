package dev.agora.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;
import dev.agora.gateway.balance.LoadBalancerFilter;
import dev.agora.gateway.edge.ClientAddressFilter;
import dev.agora.gateway.resilience.Deadlines;
import dev.agora.platform.consistency.TokenHeaders;
import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.problem.ProblemHandler;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.web.RequestFilter;

/**
 * Writes the headers of the request to the service. Services trust the identity, the ids,
 * the deadline and the client's address because only this filter writes them: headers of
 * the same names that a client sent are removed, and so is its token.
 */
public final class UpstreamHeadersFilter implements HttpHeadersFilter, Ordered {

	private static final String RESERVED = "x-agora-";

	private static final String FORWARDED_PREFIX = "x-forwarded-";

	private static final Set<String> REMOVED = Set.of("authorization", "cookie", "expect", "forwarded", "x-real-ip",
			RequestFilter.TIMEOUT.toLowerCase(Locale.ROOT), RequestFilter.REQUEST_ID.toLowerCase(Locale.ROOT),
			Trace.PARENT, "tracestate");

	private final Deadlines deadlines;

	public UpstreamHeadersFilter(Deadlines deadlines) {
		this.deadlines = deadlines;
	}

	@Override
	public int getOrder() {
		return FilterOrder.UPSTREAM_HEADERS;
	}

	@Override
	public HttpHeaders filter(HttpHeaders received, ServerWebExchange exchange) {
		HttpHeaders upstream = new HttpHeaders();
		List<String> listed = HopByHopHeaders.listedBy(received);
		for (Map.Entry<String, List<String>> header : received.headerSet()) {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			if (!isRemoved(name) && !listed.contains(name)) {
				upstream.put(header.getKey(), header.getValue());
			}
		}
		set(upstream, Identity.HEADER, exchange.getAttribute(Identity.HEADER));
		set(upstream, RequestFilter.REQUEST_ID, exchange.getAttribute(RequestFilter.REQUEST_ID));
		set(upstream, Trace.PARENT, exchange.getAttribute(Trace.PARENT));
		set(upstream, TokenHeaders.COOKIE, ConsistencyCookieFilter.find(exchange.getRequest()));
		set(upstream, RequestFilter.TIMEOUT, timeout(exchange));
		set(upstream, ProblemHandler.FORWARDED_PREFIX, prefix(exchange));
		set(upstream, ClientAddress.HEADER,
				ClientAddressFilter.addressOf(exchange).map(ClientAddress::toString).orElse(null));
		return upstream;
	}

	private static boolean isRemoved(String name) {
		return name.startsWith(RESERVED) || name.startsWith(FORWARDED_PREFIX) || REMOVED.contains(name)
				|| HopByHopHeaders.NAMES.contains(name);
	}

	private static void set(HttpHeaders headers, String name, @Nullable String value) {
		if (value != null) {
			headers.set(name, value);
		}
	}

	private static @Nullable String prefix(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		String prefix = LoadBalancerFilter.prefixOf(route);
		return prefix.isEmpty() ? null : prefix;
	}

	/** The time that the gateway still waits for the service; a retry gets less. */
	private @Nullable String timeout(ServerWebExchange exchange) {
		Duration left = this.deadlines.left(exchange);
		return (left != null) ? Long.toString(Math.max(1, left.toMillis())) : null;
	}

}
