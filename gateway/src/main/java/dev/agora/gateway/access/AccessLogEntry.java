package dev.agora.gateway.access;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.auth.TokenSwapFilter;
import dev.agora.gateway.edge.ClientAddressFilter;
import dev.agora.platform.identity.ClientAddress;
import dev.agora.platform.problem.ProblemHandler;
import dev.agora.platform.web.RequestFilter;

/**
 * One line of the access log. It holds neither query, headers nor body, which may contain
 * secrets.
 *
 * @param time when the request was answered
 * @param requestId the request's id, as the client received it
 * @param traceId the trace's id, to find the request in the services' logs
 * @param method the request's method
 * @param path the request's path
 * @param status the status of the response; 499 if the client closed the connection
 * before the response
 * @param millis how long the request took
 * @param bytes the length of the response's body on the wire
 * @param aborted true if the response was not sent to its end; otherwise absent
 * @param member the member who sent the request, if any
 * @param address the address of the client
 * @param route the route of the request, if any
 * @param servedBy build and instance that answered
 * @param userAgent the client's own name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessLogEntry(Instant time, @Nullable String requestId, @Nullable String traceId, @Nullable String method,
		@Nullable String path, int status, long millis, long bytes, @Nullable Boolean aborted, @Nullable String member,
		@Nullable String address, @Nullable String route, @JsonProperty("clone") @Nullable String servedBy,
		@Nullable String userAgent) {

	private static final int MAX_PATH = 500;

	private static final int MAX_USER_AGENT = 120;

	/**
	 * The entry of a request that was answered, or whose client closed the connection.
	 */
	static AccessLogEntry of(ServerWebExchange exchange, Outcome outcome) {
		ServerHttpRequest request = exchange.getRequest();
		long arrived = exchange.getRequiredAttribute(RequestFilter.ARRIVED);
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return new AccessLogEntry(Instant.now(), exchange.getAttribute(RequestFilter.REQUEST_ID),
				exchange.getAttribute(ProblemHandler.TRACE_ID), request.getMethod().name(),
				truncate(request.getURI().getRawPath(), MAX_PATH), outcome.status(),
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - arrived), outcome.bytes(),
				outcome.aborted() ? true : null, exchange.getAttribute(TokenSwapFilter.MEMBER),
				ClientAddressFilter.addressOf(exchange).map(ClientAddress::toString).orElse("unknown"),
				(route != null) ? route.getId() : null, outcome.servedBy(),
				truncate(request.getHeaders().getFirst("User-Agent"), MAX_USER_AGENT));
	}

	/** The entry of a request that could not be read. */
	static AccessLogEntry ofUnreadRequest(Channel channel, Outcome outcome) {
		String address = (channel.remoteAddress() instanceof InetSocketAddress socket)
				? ClientAddress.of(socket.getAddress()).toString() : null;
		return new AccessLogEntry(Instant.now(), null, null, null, null, outcome.status(), 0, outcome.bytes(),
				outcome.aborted() ? true : null, null, address, null, null, null);
	}

	private static @Nullable String truncate(@Nullable String text, int maxLength) {
		return (text != null && text.length() > maxLength) ? text.substring(0, maxLength) : text;
	}

	/**
	 * The end of a request.
	 *
	 * @param status the status of the response
	 * @param bytes how much of its body was sent
	 * @param aborted whether the rest was not sent
	 * @param servedBy build and instance that answered
	 */
	record Outcome(int status, long bytes, boolean aborted, @Nullable String servedBy) {
	}

}
