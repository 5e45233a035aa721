package dev.agora.gateway.edge;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** A request whose body says only while it comes how long it is. */
final class SizeLimitedRequest extends ServerHttpRequestDecorator {

	private final long limit;

	SizeLimitedRequest(ServerHttpRequest request, long limit) {
		super(request);
		this.limit = limit;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return Flux.defer(() -> {
			long[] seen = { 0 };
			return super.getBody().map((part) -> counted(part, seen));
		});
	}

	private DataBuffer counted(DataBuffer part, long[] seen) {
		seen[0] += part.readableByteCount();
		if (seen[0] > this.limit) {
			DataBufferUtils.release(part);
			throw new DataBufferLimitException("The body is over " + this.limit);
		}
		return part;
	}

}
