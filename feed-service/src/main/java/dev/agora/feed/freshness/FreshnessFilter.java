package dev.agora.feed.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import dev.agora.platform.consistency.CopyAge;

/**
 * Adds the header {@code X-Feed-Freshness} to the pages of home feeds: the age in seconds
 * of the newest thing that the page may lack. It is an upper bound, and absent while the
 * progress of the fan-out is not known. A strong read may lack as much: the store has an
 * activity of another service's event once that event is applied. For a read that accepts
 * any copy, it is the age of the copy as well: the page is as old, although the objects
 * in it may be new.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 1)
public final class FreshnessFilter implements WebFilter {

	static final String HEADER = "X-Feed-Freshness";

	private static final String PATH = "/feed";

	/** A page that is older is one whose sources are unavailable or far behind. */
	private static final Duration STALE = Duration.ofSeconds(10);

	private final Supplier<Optional<Instant>> completeUntil;

	private final BooleanSupplier cached;

	private final Clock clock;

	/**
	 * Creates the filter.
	 * @param completeUntil returns the time until which home feeds are complete
	 * @param cached whether pages come from Redis, and not from the store
	 */
	FreshnessFilter(Supplier<Optional<Instant>> completeUntil, BooleanSupplier cached, Clock clock) {
		this.completeUntil = completeUntil;
		this.cached = cached;
		this.clock = clock;
	}

	/**
	 * The time is read before the page: the page may have more than was complete then,
	 * and never less.
	 */
	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!HttpMethod.GET.equals(request.getMethod()) || !request.getPath().value().equals(PATH)) {
			return chain.filter(exchange);
		}
		return Mono.deferContextual((context) -> {
			Optional<Instant> completeUntil = this.completeUntil.get();
			Optional<CopyAge> copies = CopyAge.find(context).filter((any) -> this.cached.getAsBoolean());
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> addAge(exchange, completeUntil, copies)));
			return chain.filter(exchange);
		});
	}

	private void addAge(ServerWebExchange exchange, Optional<Instant> completeUntil, Optional<CopyAge> copies) {
		ServerHttpResponse response = exchange.getResponse();
		@Nullable HttpStatusCode status = response.getStatusCode();
		if (status != null && !status.is2xxSuccessful()) {
			return;
		}
		completeUntil.map(this::age).ifPresent((seconds) -> response.getHeaders().set(HEADER, seconds));
		copies.ifPresent((all) -> addCopy(all, completeUntil, response.getHeaders()));
	}

	private void addCopy(CopyAge copies, Optional<Instant> completeUntil, HttpHeaders response) {
		completeUntil.ifPresentOrElse((until) -> copies.add(until.toEpochMilli(), isStale(until)), copies::addUndated);
		copies.addTo(response, this.clock);
	}

	private boolean isStale(Instant completeUntil) {
		return completeUntil.plus(STALE).isBefore(this.clock.instant());
	}

	private String age(Instant completeUntil) {
		long millis = Duration.between(completeUntil, this.clock.instant()).toMillis();
		return Double.toString(Math.max(0, millis) / 1000.0);
	}

}
