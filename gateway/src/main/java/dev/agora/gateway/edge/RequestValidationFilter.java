package dev.agora.gateway.edge;

import java.util.regex.Pattern;

import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
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

	private final long maxBody;

	public RequestValidationFilter(RequestLimitSettings settings) {
		this.maxBody = settings.body().toBytes();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		String path = request.getURI().getRawPath();
		if (!isPlain(path) && AMBIGUOUS.matcher(path).find()) {
			return Mono.error(InvalidRequest.field("path", "must be plain, without empty, dot or encoded separators"));
		}
		if (request.getHeaders().getContentLength() > this.maxBody) {
			return Mono
				.error(new DataBufferLimitException("Content-Length is over the limit of " + this.maxBody + " bytes"));
		}
		return chain.filter(isChunked(request) ? bounded(exchange) : exchange);
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

	private ServerWebExchange bounded(ServerWebExchange exchange) {
		return exchange.mutate().request(new SizeLimitedRequest(exchange.getRequest(), this.maxBody)).build();
	}

	private static boolean isChunked(ServerHttpRequest request) {
		return request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

}
