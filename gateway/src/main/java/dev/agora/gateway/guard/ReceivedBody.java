package dev.agora.gateway.guard;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;

/** A request that knows whether all of its body has come from the client. */
final class ReceivedBody extends ServerHttpRequestDecorator {

	private volatile boolean complete;

	ReceivedBody(ServerHttpRequest request) {
		super(request);
	}

	boolean isComplete() {
		return this.complete;
	}

	@Override
	public Flux<DataBuffer> getBody() {
		return super.getBody().doOnComplete(() -> this.complete = true);
	}

}
