package dev.agora.gateway.docs;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;

/**
 * The exchange for a file. It sets the file's headers on a 304 too, and responds to
 * {@code If-None-Match: *} with 304, since every representation matches it (RFC 9110,
 * 13.1.2). Spring does neither: it considers {@code *} only for methods that change
 * something.
 */
final class FileExchange extends ServerWebExchangeDecorator {

	private final Map<String, String> headers;

	FileExchange(ServerWebExchange exchange, Map<String, String> headers) {
		super(exchange);
		this.headers = headers;
	}

	@Override
	public boolean checkNotModified(@Nullable String etag, Instant lastModified) {
		getResponse().getHeaders().setAll(this.headers);
		if (!"*".equals(getRequest().getHeaders().getFirst(HttpHeaders.IF_NONE_MATCH))) {
			return super.checkNotModified(etag, lastModified);
		}
		getResponse().getHeaders().setETag(etag);
		getResponse().setStatusCode(HttpStatus.NOT_MODIFIED);
		return true;
	}

}
