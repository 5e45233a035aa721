package dev.agora.platform.testing;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Reads each response to its end, even if the test checks only the status. Otherwise the
 * buffers of the body would be left to the garbage collector, and Netty would report them
 * as leaks, among which those of the services would be hard to find.
 */
public final class WholeResponses implements ExchangeFilterFunction {

	/** Long enough for a busy machine. */
	static final Duration TIMEOUT = Duration.ofMinutes(1);

	/**
	 * Creates a client of a running server.
	 * @param address the scheme, host and port
	 */
	public static WebTestClient client(String address) {
		return WebTestClient.bindToServer()
			.baseUrl(address)
			.responseTimeout(TIMEOUT)
			.filter(new WholeResponses())
			.build();
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return next.exchange(request).flatMap((response) -> isStream(response) ? Mono.just(response) : whole(response));
	}

	/** A stream may never end. */
	private static boolean isStream(ClientResponse response) {
		return response.headers().contentType().filter(MediaType.TEXT_EVENT_STREAM::isCompatibleWith).isPresent();
	}

	private static Mono<ClientResponse> whole(ClientResponse response) {
		return DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers()))
			.map(WholeResponses::bytes)
			.defaultIfEmpty(new byte[0])
			.map((bytes) -> ClientResponse.create(response.statusCode(), response.strategies())
				.headers((headers) -> headers.addAll(response.headers().asHttpHeaders()))
				.cookies((cookies) -> cookies.addAll(response.cookies()))
				.body((bytes.length > 0) ? Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes))
						: Flux.empty())
				.build());
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
