package dev.agora.gateway.edge;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.gateway.FilterOrder;
import dev.agora.platform.problem.InvalidRequest;

/**
 * Rejects requests that no client has a reason to send: those with a path that two
 * servers could interpret differently, or with a body over the limit.
 */
@Order(FilterOrder.REQUEST_VALIDATION)
public final class RequestValidationFilter implements WebFilter {

	/**
	 * Empty and dot segments, parameters, backslashes and their encoded forms: with these
	 * a path could match the route of one service and reach another resource.
	 */
	private static final Pattern AMBIGUOUS = Pattern.compile("//|/\\.{1,2}(?:/|$)|[;\\\\]|%(?:00|25|2e|2f|3b|5c)",
			Pattern.CASE_INSENSITIVE);

	/** The metadata {@code max-body} of a route is the limit on its exact paths. */
	private static final String METADATA = "max-body";

	private final long maxBody;

	private final Map<String, Long> maxUploads = new HashMap<>();

	public RequestValidationFilter(RequestLimitSettings settings, GatewayProperties gateway) {
		this.maxBody = settings.body().toBytes();
		for (RouteDefinition route : gateway.getRoutes()) {
			@Nullable Object limit = route.getMetadata().get(METADATA);
			if (limit != null) {
				paths(route).forEach((path) -> this.maxUploads.put(path, DataSize.parse(limit.toString()).toBytes()));
			}
		}
	}

	private static Stream<String> paths(RouteDefinition route) {
		return route.getPredicates()
			.stream()
			.filter((predicate) -> "Path".equals(predicate.getName()))
			.flatMap((predicate) -> predicate.getArgs().values().stream());
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		String path = request.getURI().getRawPath();
		if (!isPlain(path) && AMBIGUOUS.matcher(path).find()) {
			return Mono.error(InvalidRequest.field("path", "must be plain, without empty, dot or encoded separators"));
		}
		long max = this.maxUploads.getOrDefault(path, this.maxBody);
		if (request.getHeaders().getContentLength() > max) {
			return Mono.error(new DataBufferLimitException("Content-Length is over the limit of " + max + " bytes"));
		}
		return chain.filter(isChunked(request) ? bounded(exchange, max) : exchange);
	}

	/** Most paths consist of letters and digits and need no regular expression. */
	private static boolean isPlain(String path) {
		char last = 0;
		for (int i = 0; i < path.length(); i++) {
			char next = path.charAt(i);
			boolean plain = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || (next >= '0' && next <= '9')
					|| next == '-' || next == '_' || (next == '/' && last != '/');
			if (!plain) {
				return false;
			}
			last = next;
		}
		return true;
	}

	private static ServerWebExchange bounded(ServerWebExchange exchange, long max) {
		return exchange.mutate().request(new SizeLimitedRequest(exchange.getRequest(), max)).build();
	}

	private static boolean isChunked(ServerHttpRequest request) {
		return request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

}
