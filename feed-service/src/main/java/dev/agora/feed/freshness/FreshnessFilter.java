package dev.agora.feed.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.platform.web.Consistency;

/**
 * Adds the header {@code X-Feed-Freshness} to the pages of home feeds: the age in seconds
 * of the newest thing that the page may lack. It is an upper bound, and absent while the
 * progress of the fan-out is not known.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 1)
public final class FreshnessFilter implements WebFilter {

	static final String HEADER = "X-Feed-Freshness";

	private static final String PATH = "/feed";

	private static final String NOTHING_MISSING = "0.0";

	private final Supplier<Optional<Instant>> completeUntil;

	private final Clock clock;

	/**
	 * Creates the filter.
	 * @param completeUntil returns the time until which home feeds are complete
	 */
	FreshnessFilter(Supplier<Optional<Instant>> completeUntil, Clock clock) {
		this.completeUntil = completeUntil;
		this.clock = clock;
	}

	/**
	 * The time is read before the page: the page may have more than was complete then,
	 * and never less.
	 */
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (HttpMethod.GET.equals(request.getMethod()) && request.getPath().value().equals(PATH)) {
			Optional<Instant> completeUntil = this.completeUntil.get();
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> addHeader(exchange, completeUntil)));
		}
		return chain.filter(exchange);
	}

	private void addHeader(ServerWebExchange exchange, Optional<Instant> completeUntil) {
		ServerHttpResponse response = exchange.getResponse();
		@Nullable HttpStatusCode status = response.getStatusCode();
		if (status != null && !status.is2xxSuccessful()) {
			return;
		}
		Optional<String> age = isStrong(exchange.getRequest()) ? Optional.of(NOTHING_MISSING)
				: completeUntil.map(this::age);
		age.ifPresent((seconds) -> response.getHeaders().set(HEADER, seconds));
	}

	private String age(Instant completeUntil) {
		long millis = Duration.between(completeUntil, this.clock.instant()).toMillis();
		return Double.toString(Math.max(0, millis) / 1000.0);
	}

	private static boolean isStrong(ServerHttpRequest request) {
		return Consistency.STRONG.name().equalsIgnoreCase(request.getHeaders().getFirst(Consistency.HEADER));
	}

}
