package dev.agora.product.page.web;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;

import dev.agora.product.page.store.PageContent;

/**
 * Builds the response with a content. The body is unpacked only when it is written, so
 * never for a response with 304.
 */
final class PageResponse {

	/** Above this size, unpacking would delay the other requests of an event loop. */
	private static final int LARGE = 16 << 10;

	private PageResponse() {
	}

	static ResponseEntity<Mono<byte[]>> of(ServerHttpRequest request, HttpStatus status, PageContent content,
			HttpHeaders headers) {
		ResponseEntity.BodyBuilder response = ResponseEntity.status(status).headers(headers);
		if (status == HttpStatus.OK) {
			response.eTag(content.etag());
		}
		boolean gzip = AcceptEncoding.prefersGzip(request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT_ENCODING));
		return gzip ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(Mono.just(content.gzip()))
				: response.body(plain(content));
	}

	private static Mono<byte[]> plain(PageContent content) {
		Mono<byte[]> unpacked = Mono.fromSupplier(content::plain);
		return (content.gzip().length < LARGE) ? unpacked : unpacked.subscribeOn(Schedulers.boundedElastic());
	}

}
