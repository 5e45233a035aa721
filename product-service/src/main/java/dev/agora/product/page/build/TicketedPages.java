package dev.agora.product.page.build;

import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.product.page.PagePath;
import dev.agora.product.page.store.PageCache;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.PageEntry;
import dev.agora.product.page.store.PageTickets;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.store.StoredPage;

/**
 * Builds pages whose versions are tickets. The ticket is taken before the content is
 * read, so of two renderings the one with the later ticket has seen every change that was
 * requested before it.
 */
public final class TicketedPages {

	private final PageTickets tickets;

	private final Pages pages;

	private final PageCache cache;

	public TicketedPages(PageTickets tickets, Pages pages, PageCache cache) {
		this.tickets = tickets;
		this.pages = pages;
		this.cache = cache;
	}

	/** Finds a stored page. */
	Mono<StoredPage> find(String path) {
		return this.pages.find(path);
	}

	/** Lists the categories that have a page or are requested, some of them twice. */
	Flux<String> categories() {
		return Flux
			.concat(this.tickets.requested(Integer.MAX_VALUE).filter(PagePath::isOfCategory),
					this.pages.scan(PagePath.CATEGORIES).map(PageEntry::path))
			.map(PagePath::nameIn);
	}

	/**
	 * Builds a page and stores it, unless a rendering with a later ticket is stored.
	 * @param content reads the products and renders them
	 * @return the page that is stored
	 */
	public Mono<StoredPage> build(String path, Supplier<Mono<PageContent>> content) {
		return take(path).flatMap(
				(ticket) -> content.get().flatMap((rendered) -> store(path, new StoredPage(ticket, rendered, null))));
	}

	/** Whether a page has to be rendered again. */
	Mono<Boolean> isRequested(String path) {
		return this.tickets.isRequested(path);
	}

	/** Requests a page, unless it is requested already. */
	Mono<Void> requestOnce(String path) {
		return isRequested(path).flatMap((requested) -> requested ? Mono.empty() : this.tickets.request(path));
	}

	/** Takes the ticket of a rendering that begins now. */
	Mono<Long> take(String path) {
		return this.tickets.take(path);
	}

	/** Stores a page, unless a rendering with a later ticket is stored. */
	Mono<StoredPage> store(String path, StoredPage page) {
		Mono<Boolean> write = page.content().isRemoved() ? this.pages.remove(path, page.version())
				: this.pages.put(path, page);
		return write.flatMap((stored) -> stored ? publish(path, page) : this.pages.find(path));
	}

	private Mono<StoredPage> publish(String path, StoredPage page) {
		return this.cache.put(path, page)
			.then(Mono.defer(() -> this.tickets.complete(path, page.version())))
			.thenReturn(page);
	}

}
