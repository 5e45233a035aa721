package dev.agora.gateway.docs;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * Responds to {@code If-None-Match: *} with 304, since every representation matches it
 * (RFC 9110, 13.1.2). Spring considers it only for methods that change something.
 */
final class WildcardExchange extends ServerWebExchangeDecorator {

	WildcardExchange(ServerWebExchange exchange) {
		super(exchange);
	}

	@Override
	public boolean checkNotModified(@Nullable String etag, Instant lastModified) {
		if (!"*".equals(getRequest().getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH))) {
			return super.checkNotModified(etag, lastModified);
		}
		getResponse().getHeaders().setETag(etag);
		getResponse().setStatusCode(HttpStatus.NOT_MODIFIED);
		return true;
	}

}
