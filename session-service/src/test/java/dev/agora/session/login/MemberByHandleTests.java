package dev.agora.session.login;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import dev.agora.platform.testing.Shared;

import static dev.agora.session.login.TestLogins.PASSWORD;
import static dev.agora.session.login.TestLogins.member;
import static org.assertj.core.api.Assertions.assertThat;

/** Reads members by their handle, also while too many passwords are sent. */
@ExtendWith(Shared.class)
class MemberByHandleTests {

	private static TestLogins logins;

	private String handle = "";

	@BeforeAll
	static void share(TestLogins shared) {
		logins = shared;
	}

	@BeforeEach
	void register() {
		this.handle = logins.register();
	}

	/** Inside Kubernetes Spring Boot would read these headers and reject them. */
	@Test
	void ignoresForwardedHeadersInAPod() {
		logins.client()
			.get()
			.uri("/members?handle=" + this.handle)
			.header("Forwarded", "for=203.0.113.7:none;host=evil.example:none")
			.header("X-Forwarded-For", "203.0.113.7:none")
			.header("X-Forwarded-Host", "evil.example")
			.header("X-Forwarded-Port", "none")
			.exchange()
			.expectStatus()
			.isOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ab", "Ada", "a%20b", "ada%0F", "%E2%80%AEada", "%EF%BB%BFada", "" })
	void returns400ForAnInvalidHandle(String handle) {
		logins.client()
			.get()
			.uri(URI.create(logins.address() + "/members?handle=" + handle))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("handle");
	}

	/**
	 * The flood has more passwords than can be hashed by their deadlines, though the
	 * queue has room for them.
	 */
	@Test
	void servesOtherRequestsWhileTooManyPasswordsAreSent() {
		AtomicInteger refused = new AtomicInteger();
		AtomicBoolean retry = new AtomicBoolean();
		AtomicBoolean going = new AtomicBoolean(true);
		Mono<Void> flood = Flux.range(0, Integer.MAX_VALUE)
			.takeWhile((i) -> going.get())
			.flatMap((i) -> flooded("flood_" + i, (response) -> {
				if (response.statusCode() == HttpStatus.SERVICE_UNAVAILABLE) {
					refused.incrementAndGet();
					retry.set(!response.headers().header("Retry-After").isEmpty());
				}
			}), 64)
			.then()
			.cache();
		flood.subscribe();
		try {
			Awaitility.await("a password is refused").until(() -> refused.get() > 0);
			int before = refused.get();
			logins.client().get().uri("/members?handle=" + this.handle).exchange().expectStatus().isOk();
			Awaitility.await("another password is refused").until(() -> refused.get() > before);
			assertThat(retry).isTrue();
		}
		finally {
			going.set(false);
			// The buffers of an aborted response would be left to the garbage collector.
			flood.block(Duration.ofMinutes(1));
		}
	}

	private Mono<Void> flooded(String name, Consumer<ClientResponse> seen) {
		return WebClient.create(logins.address())
			.post()
			.uri("/members")
			.header("X-Request-Timeout", "1500")
			.bodyValue(member(name, PASSWORD))
			.exchangeToMono((response) -> {
				seen.accept(response);
				return response.releaseBody();
			});
	}

}
