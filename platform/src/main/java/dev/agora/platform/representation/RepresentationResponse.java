package dev.agora.platform.representation;

import java.time.Instant;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/** Responds with the bytes of a representation, or with 304 if the client has them. */
public final class RepresentationResponse implements ServerResponse {

	private final Representation representation;

	private final MediaType type;

	private RepresentationResponse(Representation representation, MediaType type) {
		this.representation = representation;
		this.type = type;
	}

	/** Creates a response with JSON. */
	public static ServerResponse json(Representation representation) {
		return new RepresentationResponse(representation, MediaType.APPLICATION_JSON);
	}

	@Override
	public HttpStatusCode statusCode() {
		return HttpStatus.OK;
	}

	@Override
	public HttpHeaders headers() {
		return HttpHeaders.EMPTY;
	}

	@Override
	public MultiValueMap<String, ResponseCookie> cookies() {
		return new LinkedMultiValueMap<>();
	}

	@Override
	public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
		ServerHttpResponse response = exchange.getResponse();
		if (exchange.checkNotModified(this.representation.etag(), Instant.MIN)) {
			return response.setComplete();
		}
		byte[] body = this.representation.body();
		response.setStatusCode(HttpStatus.OK);
		response.getHeaders().setContentType(this.type);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

}
