package dev.agora.feed.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import dev.agora.platform.testing.AdjustableClock;

import static org.assertj.core.api.Assertions.assertThat;

class FreshnessFilterTests {

	private final AdjustableClock clock = new AdjustableClock();

	private Optional<Instant> completeUntil = Optional.of(this.clock.instant().minusMillis(250));

	private final FreshnessFilter filter = new FreshnessFilter(() -> this.completeUntil, this.clock);

	@Test
	void saysTheAgeOfWhatMayBeMissingWhenTheResponseIsSent() {
		assertThat(respond(MockServerHttpRequest.get("/feed"), HttpStatus.OK)).isEqualTo("1.25");
	}

	@Test
	void saysThatAStrongReadLacksNothing() {
		assertThat(respond(MockServerHttpRequest.get("/feed").header("Consistency", "strong"), HttpStatus.OK))
			.isEqualTo("0.0");
	}

	@Test
	void saysNothingWhileTheProgressIsUnknown() {
		this.completeUntil = Optional.empty();
		assertThat(respond(MockServerHttpRequest.get("/feed"), HttpStatus.OK)).isNull();
	}

	@Test
	void saysNothingWithAnError() {
		assertThat(respond(MockServerHttpRequest.get("/feed"), HttpStatus.SERVICE_UNAVAILABLE)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/feed/members/1", "/posts/1", "/feeds" })
	void saysNothingAboutOtherResponses(String path) {
		assertThat(respond(MockServerHttpRequest.get(path), HttpStatus.OK)).isNull();
	}

	/** The response takes a second, in which the feeds become complete. */
	private @Nullable String respond(MockServerHttpRequest.BaseBuilder<?> request, HttpStatus status) {
		MockServerWebExchange exchange = MockServerWebExchange.from(request);
		this.filter.filter(exchange, (filtered) -> {
			this.clock.advance(Duration.ofSeconds(1));
			this.completeUntil = this.completeUntil.map((earlier) -> this.clock.instant());
			filtered.getResponse().setStatusCode(status);
			return filtered.getResponse().setComplete();
		}).block();
		return exchange.getResponse().getHeaders().getFirst(FreshnessFilter.HEADER);
	}

}
