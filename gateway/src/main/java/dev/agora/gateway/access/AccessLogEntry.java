package dev.agora.gateway.access;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
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
 * What is told of a request. Neither query, headers nor body are: they may hold secrets.
 *
 * @param time when it was answered
 * @param requestId its id, as the client was told it
 * @param traceId finds it in the services' logs
 * @param method its method
 * @param path its path
 * @param status the status of the answer; 499 where the client left before one
 * @param millis how long it took
 * @param bytes how long the answer's body was on the wire
 * @param brokenOff that it did not get to its end, by whichever side; else not told
 * @param member who was signed in
 * @param address where it came from
 * @param route which route it took
 * @param servedBy which build and clone answered
 * @param userAgent what the client calls itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccessLogEntry(Instant time, @Nullable String requestId, @Nullable String traceId, @Nullable String method,
		@Nullable String path, int status, long millis, long bytes, @Nullable Boolean brokenOff,
		@Nullable String member, @Nullable String address, @Nullable String route,
		@JsonProperty("clone") @Nullable String servedBy, @Nullable String userAgent) {

	private static final int LONGEST_PATH = 500;

	private static final int LONGEST_AGENT = 120;

	/** The line of a request that has been answered, or whose client left. */
	static AccessLogEntry of(ServerWebExchange exchange, Outcome outcome) {
		ServerHttpRequest request = exchange.getRequest();
		long arrived = exchange.getRequiredAttribute(RequestFilter.ARRIVED);
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return new AccessLogEntry(Instant.now(), exchange.getAttribute(RequestFilter.REQUEST_ID),
				exchange.getAttribute(ProblemHandler.TRACE_ID), request.getMethod().name(),
				cut(request.getURI().getRawPath(), LONGEST_PATH), outcome.status(),
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - arrived), outcome.bytes(),
				outcome.brokenOff() ? true : null, exchange.getAttribute(TokenSwapFilter.MEMBER),
				ClientAddressFilter.addressOf(exchange).map(ClientAddress::toString).orElse("unknown"),
				(route != null) ? route.getId() : null, outcome.servedBy(),
				cut(request.getHeaders().getFirst("User-Agent"), LONGEST_AGENT));
	}

	/** The line of a request that could not be read, or was refused before it was. */
	static AccessLogEntry unread(Channel channel, Outcome outcome) {
		String address = (channel.remoteAddress() instanceof InetSocketAddress socket)
				? NetUtil.toAddressString(socket.getAddress()) : null;
		return new AccessLogEntry(Instant.now(), null, null, null, null, outcome.status(), 0, outcome.bytes(),
				outcome.brokenOff() ? true : null, null, address, null, null, null);
	}

	private static @Nullable String cut(@Nullable String text, int longest) {
		return (text != null && text.length() > longest) ? text.substring(0, longest) : text;
	}

	/**
	 * How a request ended.
	 *
	 * @param status the status of the answer
	 * @param bytes how much of its body left
	 * @param brokenOff whether the rest did not
	 * @param servedBy who answered
	 */
	record Outcome(int status, long bytes, boolean brokenOff, @Nullable String servedBy) {
	}

}
