package dev.agora.gateway.edge;

import java.util.regex.Pattern;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.platform.problem.InvalidRequest;

/**
 * Refuses what no client has a reason to send: a path that two servers could read in two
 * ways, and a body over the limit.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
public final class RequestValidationFilter implements WebFilter {

	/**
	 * Empty and dot segments, parameters, backslashes, and their encoded forms: by these
	 * a path could match the route of one service and reach something else.
	 */
	private static final Pattern AMBIGUOUS = Pattern.compile("//|/\\.{1,2}(?:/|$)|[;\\\\]|%(?:00|25|2e|2f|3b|5c)",
			Pattern.CASE_INSENSITIVE);

	private final long largestBody;

	public RequestValidationFilter(RequestLimitSettings settings) {
		this.largestBody = settings.body().toBytes();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		String path = request.getURI().getRawPath();
		if (!isPlain(path) && AMBIGUOUS.matcher(path).find()) {
			return Mono.error(InvalidRequest.field("path", "must be plain, without empty, dot or encoded separators"));
		}
		if (request.getHeaders().getContentLength() > this.largestBody) {
			return Mono.error(new DataBufferLimitException("Content-Length is over " + this.largestBody));
		}
		return chain.filter(isChunked(request) ? bounded(exchange) : exchange);
	}

	/** Most are of letters and digits alone, which need no closer look. */
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

	private ServerWebExchange bounded(ServerWebExchange exchange) {
		return exchange.mutate().request(new SizeLimitedRequest(exchange.getRequest(), this.largestBody)).build();
	}

	private static boolean isChunked(ServerHttpRequest request) {
		return request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

}
