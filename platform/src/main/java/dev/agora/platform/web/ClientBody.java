package dev.agora.platform.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

import dev.agora.platform.problem.RequestAborted;

/**
 * A request whose body still comes from the client. A body can fail only because the
 * client's connection does, so each failure is a {@link RequestAborted}: nothing that
 * reads the body may take it for a failure of a store or of another service.
 */
final class ClientBody extends ServerHttpRequestDecorator {

	private volatile boolean awaited;

	private ClientBody(ServerHttpRequest request) {
		super(request);
	}

	/** The request with its body, or null if it has none. */
	static @Nullable ClientBody of(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING))
				? new ClientBody(request) : null;
	}

	/**
	 * Whether the body is being read and has not arrived. If nothing reads it, the client
	 * holds up nothing.
	 */
	boolean isAwaited() {
		return this.awaited;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return super.getBody().doOnSubscribe((reading) -> this.awaited = true)
			.doOnComplete(() -> this.awaited = false)
			.onErrorMap((failure) -> new RequestAborted());
	}

}
