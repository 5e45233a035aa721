package dev.agora.platform.web.conditional;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * Responds to a read with {@code If-None-Match: *} with 304, since every representation
 * matches it (RFC 9110, 13.1.2). Spring evaluates {@code *} only for other methods. A
 * response without an {@code ETag} is served as usual.
 */
public class AnyTagExchange extends ServerWebExchangeDecorator {

	public AnyTagExchange(ServerWebExchange exchange) {
		super(exchange);
	}

	/** Whether a request has the header with {@code *}. */
	static boolean isNeededBy(ServerWebExchange exchange) {
		return "*".equals(exchange.getRequest().getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH));
	}

	@Override
	public boolean checkNotModified(@Nullable String etag, Instant lastModified) {
		if (etag == null || !isNeededBy(this)) {
			return super.checkNotModified(etag, lastModified);
		}
		getResponse().getHeaders().setETag(etag);
		getResponse().setStatusCode(HttpStatus.NOT_MODIFIED);
		return true;
	}

}
