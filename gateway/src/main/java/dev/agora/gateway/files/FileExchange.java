package dev.agora.gateway.files;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.web.conditional.AnyTagExchange;

/** The exchange for a file. It sets the file's headers on a 304 too. */
public final class FileExchange extends AnyTagExchange {

	private final Map<String, String> headers;

	public FileExchange(ServerWebExchange exchange, Map<String, String> headers) {
		super(exchange);
		this.headers = headers;
	}

	@Override
	public boolean checkNotModified(@Nullable String etag, Instant lastModified) {
		getResponse().getHeaders().setAll(this.headers);
		return super.checkNotModified(etag, lastModified);
	}

}
