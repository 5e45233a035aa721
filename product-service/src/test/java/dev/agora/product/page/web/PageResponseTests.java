package dev.agora.product.page.web;

import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import dev.agora.product.page.store.PageContent;

import static org.assertj.core.api.Assertions.assertThat;

class PageResponseTests {

	/** A response with 304 has no body, so that its content need not even be readable. */
	@Test
	void unpacksNothingBeforeTheBodyIsWritten() {
		PageContent unreadable = new PageContent("\"x\"", new byte[] { 1 });
		assertThat(body(unreadable)).isNotNull();
	}

	@Test
	void unpacksALargeContentOutsideTheEventLoop() {
		assertThat(threadOf(PageContent.of(text(100_000)))).startsWith("boundedElastic");
		assertThat(threadOf(PageContent.of(text(100)))).isEqualTo(Thread.currentThread().getName());
	}

	private static String text(int length) {
		return new Random(1).ints(length, 'a', 'z')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private static String threadOf(PageContent content) {
		return Objects.requireNonNull(body(content).map((bytes) -> Thread.currentThread().getName()).block());
	}

	private static Mono<byte[]> body(PageContent content) {
		return Objects.requireNonNull(
				PageResponse.of(MockServerHttpRequest.get("/").build(), HttpStatus.OK, content, HttpHeaders.EMPTY)
					.getBody());
	}

}
