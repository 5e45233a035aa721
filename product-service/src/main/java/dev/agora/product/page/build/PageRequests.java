package dev.agora.product.page.build;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;

import dev.agora.product.page.store.PageTickets;

/**
 * Requests renderings of pages. Requests for the same page that arrive within a short
 * time share one write, as when many products of one category are imported.
 */
public final class PageRequests {

	private static final Duration WINDOW = Duration.ofMillis(10);

	private final PageTickets tickets;

	private final Map<String, Mono<Void>> waiting = new ConcurrentHashMap<>();

	public PageRequests(PageTickets tickets) {
		this.tickets = tickets;
	}

	/**
	 * Requests that a page is rendered again. The rendering reads the products after this
	 * call has begun.
	 */
	public Mono<Void> request(String path) {
		return Mono.defer(() -> this.waiting.computeIfAbsent(path, this::start));
	}

	private Mono<Void> start(String path) {
		return Mono.delay(WINDOW).then(Mono.defer(() -> write(path))).cache();
	}

	/** Calls that come from now on belong to the next write. */
	private Mono<Void> write(String path) {
		this.waiting.remove(path);
		return this.tickets.request(path);
	}

}
