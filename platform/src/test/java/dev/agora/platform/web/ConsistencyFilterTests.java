package dev.agora.platform.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.consistency.ConsistencyToken;
import dev.agora.platform.consistency.SeenWrite;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.consistency.TokenCodec;
import dev.agora.platform.consistency.TokenHeaders;
import dev.agora.platform.consistency.WrittenVersions;
import dev.agora.platform.problem.NotFound;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls endpoints with and without tokens. The source has copies of the version 1. */
@SpringBootTest(classes = SampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.application.name=sample-service", "agora.consistency.wait-timeout=1s" })
@AutoConfigureWebTestClient
@Import(ConsistencyFilterTests.Source.class)
class ConsistencyFilterTests {

	private static final String TOPIC = "sample.things.v1";

	private static final String COPIED = token(1);

	private static final String STORED = token(2);

	private static final String MISSING = token(3);

	@Autowired
	private WebTestClient client;

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@CsvSource({ "session, 1, SESSION", "session, 2, STRONG", "strong, 1, STRONG", "strong, 2, STRONG",
			"eventual, 3, EVENTUAL" })
	void theStoreServesAReadWhileCopiesMayLackAWrite(String level, long version, String served) {
		read("/list", level, token(version)).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.consistency")
			.isEqualTo(served);
	}

	@ParameterizedTest
	@ValueSource(strings = { "session", "strong" })
	void returns503RatherThanAnOlderResponse(String level) {
		read("/list", level, MISSING).expectStatus()
			.isEqualTo(503)
			.expectHeader()
			.exists("Retry-After")
			.expectHeader()
			.doesNotExist(ConsistencyToken.HEADER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/list", "/%6Cist", "/l%69st", "/list;a=b" })
	void noSpellingOfThePathAvoidsTheWait(String path) {
		this.client.get()
			.uri(URI.create("http://localhost:" + this.port + path))
			.header(ConsistencyToken.HEADER, MISSING)
			.exchange()
			.expectStatus()
			.isEqualTo(503);
	}

	@Test
	void returns400ForAMalformedToken() {
		for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE)) {
			this.client.method(method)
				.uri("/list")
				.header(ConsistencyToken.HEADER, "forged")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.errors[0].field")
				.isEqualTo(ConsistencyToken.HEADER);
		}
		read("/list", "eventual", "forged").expectStatus().isBadRequest();
	}

	/** Most requests have no token, and must cost what they cost without tokens. */
	@Test
	void asksForNoProgressWithoutATokenOrForAnyCopy() {
		int before = Things.asked.get();
		this.client.get().uri("/list").exchange().expectStatus().isOk();
		this.client.get().uri("/list").header(Consistency.HEADER, "strong").exchange().expectStatus().isOk();
		read("/list", "eventual", MISSING).expectStatus().isOk();
		write("/things/a", null);
		assertThat(Things.asked).hasValue(before);
		read("/list", "session", COPIED).expectStatus().isOk();
		assertThat(Things.asked).hasValue(before + 1);
	}

	@Test
	void usesTheCookieAndIgnoresAMalformedOne() {
		this.client.get().uri("/list").header(TokenHeaders.COOKIE, MISSING).exchange().expectStatus().isEqualTo(503);
		this.client.get().uri("/list").header(TokenHeaders.COOKIE, "damaged").exchange().expectStatus().isOk();
		this.client.get()
			.uri("/list")
			.header(TokenHeaders.COOKIE, STORED)
			.header(ConsistencyToken.HEADER, COPIED)
			.exchange()
			.expectBody()
			.jsonPath("$.consistency")
			.isEqualTo("STRONG");
	}

	@Test
	void aWriteReturnsATokenWithTheEarlierWrites() {
		String first = write("/things/a", null);
		assertThat(TokenCodec.parse(List.of(first)))
			.isEqualTo(ConsistencyToken.NONE.with(TOPIC, List.of(new SeenWrite("a", 7, 70))));
		String second = write("/things/b", first);
		assertThat(TokenCodec.parse(List.of(second)))
			.isEqualTo(TokenCodec.parse(List.of(first)).with(TOPIC, List.of(new SeenWrite("b", 7, 70))));
	}

	@Test
	void aRefusalAfterAWriteReturnsATokenToo() {
		this.client.delete()
			.uri("/things/refused")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.exists(ConsistencyToken.HEADER);
	}

	@Test
	void readsReturnNoToken() {
		read("/list", "session", COPIED).expectHeader().doesNotExist(ConsistencyToken.HEADER);
	}

	private String write(String path, @Nullable String token) {
		return String.valueOf(this.client.delete().uri(path).headers((headers) -> {
			if (token != null) {
				headers.set(ConsistencyToken.HEADER, token);
			}
		})
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst(ConsistencyToken.HEADER));
	}

	private WebTestClient.ResponseSpec read(String path, String level, String token) {
		return this.client.get()
			.uri(path)
			.header(Consistency.HEADER, level)
			.header(ConsistencyToken.HEADER, token)
			.exchange();
	}

	private static String token(long version) {
		return TokenCodec
			.encode(ConsistencyToken.NONE.with(TOPIC, List.of(new SeenWrite("a", version, 100 * version))));
	}

	/** A source and an endpoint that writes. */
	@TestConfiguration
	@RestController
	static class Source {

		@DeleteMapping("/things/{id}")
		Mono<Void> write(@PathVariable String id) {
			return Mono.deferContextual((request) -> {
				WrittenVersions.add(request, TOPIC, new SeenWrite(id, 7, 70));
				return id.equals("refused") ? Mono.error(NotFound.of("thing", id)) : Mono.empty();
			});
		}

		@Bean
		static SourceProgress things() {
			return new Things();
		}

	}

	/** Copies have the version 1, the store has the version 2. */
	private static final class Things implements SourceProgress {

		static final AtomicInteger asked = new AtomicInteger();

		@Override
		public String topic() {
			return TOPIC;
		}

		@Override
		public boolean isReadBy(String path) {
			return path.equals("/list");
		}

		@Override
		public Mono<Long> copiesUntil() {
			asked.incrementAndGet();
			return Mono.just(100L);
		}

		@Override
		public Mono<Long> storeUntil() {
			return Mono.just(100L);
		}

		@Override
		public boolean applies(short type) {
			return true;
		}

		@Override
		public Mono<Boolean> isInStore(Map<String, Long> versions) {
			return Mono.just(versions.get("a") <= 2);
		}

	}

}
