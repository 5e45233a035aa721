package dev.agora.platform.representation;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** Writes JSON that exists as bytes, without an entity tag. */
public final class JsonBytes {

	private JsonBytes() {
	}

	/**
	 * Writes the response 200 with a body.
	 * @param json the body, which nobody changes any more
	 */
	public static Mono<Void> write(ServerHttpResponse response, byte[] json) {
		response.setStatusCode(HttpStatus.OK);
		response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		response.getHeaders().setContentLength(json.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(json)));
	}

}
