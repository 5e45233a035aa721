package dev.agora.gateway.edge;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** A request whose body has no declared length and is limited while it is read. */
final class SizeLimitedRequest extends ServerHttpRequestDecorator {

	private final long limit;

	SizeLimitedRequest(ServerHttpRequest request, long limit) {
		super(request);
		this.limit = limit;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return Flux.defer(() -> {
			long[] received = { 0 };
			return super.getBody().map((part) -> count(part, received));
		});
	}

	private DataBuffer count(DataBuffer part, long[] received) {
		received[0] += part.readableByteCount();
		if (received[0] > this.limit) {
			DataBufferUtils.release(part);
			throw new DataBufferLimitException("The body is over the limit of " + this.limit + " bytes");
		}
		return part;
	}

}
