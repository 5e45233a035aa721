package dev.agora.gateway.files;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.ResourceHttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Writes whole files only: responses are compressed after they were written, and a range
 * of the plain form is no range of the compressed one.
 */
public final class WholeFileWriter extends ResourceHttpMessageWriter {

	@Override
	public Mono<Void> write(Publisher<? extends Resource> file, @Nullable ResolvableType actualType,
			ResolvableType elementType, @Nullable MediaType mediaType, ServerHttpRequest request,
			ServerHttpResponse response, Map<String, Object> hints) {
		return write(file, elementType, mediaType, response, hints);
	}

	@Override
	public Mono<Void> addDefaultHeaders(ReactiveHttpOutputMessage response, Resource file,
			@Nullable MediaType mediaType, Map<String, Object> hints) {
		return super.addDefaultHeaders(response, file, mediaType, hints)
			.doOnSuccess((done) -> response.getHeaders().remove(HttpHeaders.ACCEPT_RANGES));
	}

}
