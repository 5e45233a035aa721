package dev.agora.platform.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

import dev.agora.platform.problem.RequestAborted;
import dev.agora.platform.tracing.log.TracePropagation;

/**
 * A request that reports a failure of its body as {@link RequestAborted}. A body can fail
 * only because the client's connection does, so no reader of the body may take it for a
 * failure of a store or of another service.
 */
final class ClientBody extends ServerHttpRequestDecorator {

	private volatile boolean awaited;

	private ClientBody(ServerHttpRequest request) {
		super(request);
	}

	/** Wraps a request, or returns null if it has no body. */
	static @Nullable ClientBody of(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return (headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING))
				? new ClientBody(request) : null;
	}

	/**
	 * Returns whether a reader waits for the rest of the body. As long as there is no
	 * reader, the client delays nothing.
	 */
	boolean isAwaited() {
		return this.awaited;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return TracePropagation.restore(super.getBody())
			.doOnSubscribe((subscription) -> this.awaited = true)
			.doOnComplete(() -> this.awaited = false)
			.onErrorMap((failure) -> new RequestAborted());
	}

}
