package dev.agora.product.page.build;

import java.time.Duration;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.log.LogThrottle;
import dev.agora.platform.mongo.Lease;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.store.PageTickets;

/**
 * Builds the requested pages, the trending page and the sitemap in intervals. One
 * instance at a time holds the lease and does this.
 */
public final class ListPageSchedule implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ListPageSchedule.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration MIN_LEASE = Duration.ofSeconds(10);

	/** The maximum number of requested pages that are built in one interval. */
	private static final int MAX_REQUESTED = 500;

	private static final int CONCURRENCY = 4;

	private final PageTickets tickets;

	private final ListPages lists;

	private final SitemapPages sitemap;

	private final PageSettings settings;

	private final Lease lease;

	private volatile Disposable.Composite running = Disposables.composite();

	private volatile boolean started;

	public ListPageSchedule(PageTickets tickets, ListPages lists, SitemapPages sitemap, PageSettings settings,
			DocumentStore store) {
		this.tickets = tickets;
		this.lists = lists;
		this.sitemap = sitemap;
		this.settings = settings;
		this.lease = store.lease("pages");
	}

	@Override
	public void start() {
		this.started = true;
		this.running = Disposables.composite(every(this.settings.listInterval(), buildRequested()),
				every(this.settings.listInterval(), safely(PagePath.SITEMAP, this.sitemap::buildIfRequested)),
				every(this.settings.trendingInterval(), buildSafely(PagePath.TRENDING)),
				every(this.settings.sitemapInterval(), buildSafely(PagePath.SITEMAP)));
	}

	@Override
	public void stop() {
		this.started = false;
		this.running.dispose();
	}

	@Override
	public boolean isRunning() {
		return this.started;
	}

	private Disposable every(Duration interval, Mono<Void> work) {
		Duration length = this.settings.listInterval().multipliedBy(3);
		Mono<Void> leased = this.lease.tryAcquire((length.compareTo(MIN_LEASE) > 0) ? length : MIN_LEASE)
			.filter(Boolean::booleanValue)
			.flatMap((held) -> work)
			.onErrorResume((failure) -> Mono.fromRunnable(() -> report("The pages", failure)));
		return Flux.interval(interval).onBackpressureDrop().concatMap((tick) -> leased, 1).subscribe();
	}

	private Mono<Void> buildRequested() {
		return Flux.defer(() -> this.tickets.requested(MAX_REQUESTED))
			.filter(PagePath::isOfCategory)
			.flatMap(this::buildSafely, CONCURRENCY)
			.then();
	}

	private Mono<Void> buildSafely(String path) {
		return safely(path, () -> build(path));
	}

	/** A page that cannot be built does not stop the others. */
	private static Mono<Void> safely(String path, Supplier<Mono<Void>> build) {
		return Mono.defer(build)
			.onErrorResume((failure) -> Mono.fromRunnable(() -> report("The page " + path, failure)));
	}

	private Mono<Void> build(String path) {
		return switch (path) {
			case PagePath.TRENDING -> this.lists.buildTrending().then();
			case PagePath.SITEMAP -> this.sitemap.build().then();
			default -> this.lists.buildCategory(PagePath.nameIn(path)).then();
		};
	}

	private static void report(String what, Throwable failure) {
		throttle.log("build",
				(more) -> log.warn("{} cannot be built now ({} more failures): {}", what, more, failure.toString()));
	}

}
