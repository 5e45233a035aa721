package dev.agora.feed.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.consistency.CopyAge;
import dev.agora.platform.testing.AdjustableClock;

import static org.assertj.core.api.Assertions.assertThat;

class FreshnessFilterTests {

	private final AdjustableClock clock = new AdjustableClock();

	private Optional<Instant> completeUntil = Optional.of(this.clock.instant().minusMillis(250));

	private boolean cached = true;

	private final FreshnessFilter filter = new FreshnessFilter(() -> this.completeUntil, () -> this.cached, this.clock);

	@Test
	void saysTheAgeOfWhatMayBeMissingWhenTheResponseIsSent() {
		assertThat(respond(MockServerHttpRequest.get("/feed"), HttpStatus.OK)).isEqualTo("1.25");
	}

	@Test
	void aStrongReadMayLackWhatIsNotAppliedYet() {
		assertThat(respond(MockServerHttpRequest.get("/feed").header("Consistency", "strong"), HttpStatus.OK))
			.isEqualTo("1.25");
	}

	@Test
	void saysNothingOfAStrongReadWhileTheProgressIsUnknown() {
		this.completeUntil = Optional.empty();
		assertThat(respond(MockServerHttpRequest.get("/feed").header("Consistency", "strong"), HttpStatus.OK)).isNull();
	}

	/** An object of the page is fresh, which says nothing about what the page lacks. */
	@Test
	void aPageOfUnknownAgeIsStale() {
		this.completeUntil = Optional.empty();
		CopyAge freshObject = new CopyAge();
		freshObject.add(this.clock.millis(), false);
		HttpHeaders response = respondToAnyCopy(freshObject);
		assertThat(response.containsHeader("Age")).isFalse();
		assertThat(response.getFirst("Warning")).startsWith("110 ");
		assertThat(response.getFirst("Cache-Status")).isEqualTo("agora; hit");
		this.cached = false;
		assertThat(respondToAnyCopy().containsHeader("Warning")).isFalse();
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

	@Test
	void aReadThatAcceptsAnyCopyIsAsOldAsThePage() {
		HttpHeaders fresh = respondToAnyCopy();
		assertThat(fresh.getFirst("Age")).isEqualTo("1");
		assertThat(fresh.getFirst("Warning")).isNull();
		this.completeUntil = Optional.of(this.clock.instant().minusSeconds(60));
		HttpHeaders old = respondToAnyCopy();
		assertThat(old.getFirst("Age")).isEqualTo("61");
		assertThat(old.getFirst("Warning")).startsWith("110 ");
	}

	@Test
	void aPageFromTheStoreIsNoCopy() {
		this.completeUntil = Optional.of(this.clock.instant().minusSeconds(60));
		this.cached = false;
		HttpHeaders response = respondToAnyCopy();
		assertThat(response.containsHeader("Age")).isFalse();
		assertThat(response.getFirst(FreshnessFilter.HEADER)).isEqualTo("61.0");
	}

	private HttpHeaders respondToAnyCopy() {
		return respondToAnyCopy(new CopyAge());
	}

	private HttpHeaders respondToAnyCopy(CopyAge age) {
		MockServerWebExchange exchange = MockServerWebExchange
			.from(MockServerHttpRequest.get("/feed").header("Consistency", "eventual"));
		// As the filter of all services does, before this one.
		exchange.getResponse()
			.beforeCommit(() -> Mono.fromRunnable(() -> age.addTo(exchange.getResponse().getHeaders(), this.clock)));
		this.filter.filter(exchange, this::respond).contextWrite(age::putInto).block();
		return exchange.getResponse().getHeaders();
	}

	private Mono<Void> respond(ServerWebExchange exchange) {
		this.clock.advance(Duration.ofSeconds(1));
		return exchange.getResponse().setComplete();
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
