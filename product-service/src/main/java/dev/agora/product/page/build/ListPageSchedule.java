package dev.agora.product.page.build;

import reactor.core.publisher.Mono;

import dev.agora.platform.schedule.LeasedSchedule;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.PageSettings;
import dev.agora.product.page.store.PageTickets;

/**
 * Builds the requested pages, the trending page and the sitemap in intervals, in one
 * instance at a time.
 */
public final class ListPageSchedule {

	/** The maximum number of requested pages that are built in one interval. */
	private static final int MAX_REQUESTED = 500;

	private static final int CONCURRENCY = 4;

	private final PageTickets tickets;

	private final ListPages lists;

	private final LeasedSchedule schedule;

	public ListPageSchedule(PageTickets tickets, ListPages lists, SitemapPages sitemap, PageSettings settings,
			LeasedSchedules schedules) {
		this.tickets = tickets;
		this.lists = lists;
		this.schedule = schedules.create("pages", settings.listInterval())
			.repeat(Mono.defer(this::buildRequested))
			.repeat(Mono.defer(sitemap::buildIfRequested))
			.repeat(settings.trendingInterval(), Mono.defer(lists::buildTrending).then())
			.repeat(settings.sitemapInterval(), Mono.defer(sitemap::build).then());
	}

	private Mono<Void> buildRequested() {
		return this.tickets.requested(MAX_REQUESTED)
			.filter(PagePath::isOfCategory)
			.flatMap(this::buildSafely, CONCURRENCY)
			.then();
	}

	/** A page that cannot be built does not stop the others. */
	private Mono<Void> buildSafely(String path) {
		return Mono.defer(() -> this.lists.buildCategory(PagePath.nameIn(path)))
			.then()
			.onErrorResume((failure) -> this.schedule.report(path, failure));
	}

}
