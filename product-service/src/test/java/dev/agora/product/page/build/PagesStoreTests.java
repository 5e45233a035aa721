package dev.agora.product.page.build;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.StoredPage;

import static org.assertj.core.api.Assertions.assertThat;

/** Builds pages while products change, in every order. */
class PagesStoreTests {

	private static final String HOME = PagePath.ofCategory("home");

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	private static int databases;

	private TestPages built;

	@BeforeEach
	void open() {
		databases++;
		this.built = new TestPages(mongo, redis, "pages" + databases);
	}

	@AfterEach
	void close() {
		this.built.close();
	}

	@AfterAll
	static void stop() {
		mongo.close();
		redis.close();
	}

	@Test
	void anOlderRenderingNeverReplacesANewerOne() {
		assertThat(put("p", 5, "five")).isTrue();
		assertThat(put("p", 4, "four")).isFalse();
		assertThat(this.built.text("p")).isEqualTo("five");
		assertThat(put("p", 5, "five again")).isTrue();
		assertThat(this.built.pages.remove("p", 6).block()).isTrue();
		assertThat(put("p", 5, "five")).isFalse();
		assertThat(this.built.text("p")).isEmpty();
		assertThat(put("p", 7, "seven")).isTrue();
		assertThat(this.built.text("p")).isEqualTo("seven");
	}

	@Test
	void concurrentRenderingsLeaveTheNewest() {
		Flux.fromStream(IntStream.rangeClosed(1, 100).boxed())
			.flatMap((version) -> this.built.pages.put("p", page(version, "v" + version)), 32)
			.blockLast();
		assertThat(this.built.text("p")).isEqualTo("v100");
	}

	@Test
	void buildsThePageOfAProductAgainAfterAChange() {
		String id = this.built.create("Lamp", "home");
		this.built.productPages.build(id).block();
		this.built.rename(id, "Anna B.", 2);
		this.built.productPages.build(id).block();
		assertThat(this.built.text(PagePath.ofProduct(id))).contains("Anna B.");
		assertThat(this.built.pages.find(PagePath.ofProduct(id)).block().category()).isEqualTo("home");
	}

	@Test
	void aRemovedProductStaysRemovedWhenItsEventsAreRepeated() {
		String id = this.built.create("Lamp", "home");
		this.built.productPages.build(id).block();
		this.built.productPages.remove(id, 2).block();
		this.built.productPages.build(id).block();
		assertThat(this.built.pages.find(PagePath.ofProduct(id)).block().content().isRemoved()).isTrue();
	}

	@Test
	void aPageOfARemovedProductThatWasNeverBuiltIsRemoved() {
		this.built.productPages.remove("0SAX0RSKMBGW9", 2).block();
		assertThat(this.built.pages.find(PagePath.ofProduct("0SAX0RSKMBGW9")).block().content().isRemoved()).isTrue();
	}

	@Test
	void requestsThePagesOfTheEarlierAndTheNewCategory() {
		String id = this.built.create("Lamp", "home");
		this.built.pages.put(PagePath.ofProduct(id), new StoredPage(0, PageContent.of("earlier"), "garden")).block();
		this.built.productPages.build(id).block();
		assertThat(requested()).containsExactlyInAnyOrder(HOME, PagePath.ofCategory("garden"));
	}

	@Test
	void aLaterTicketWinsWhicheverRenderingEndsFirst() {
		Sinks.Empty<Void> started = Sinks.empty();
		Sinks.Empty<Void> release = Sinks.empty();
		Mono<StoredPage> slow = this.built.ticketed.build(HOME, () -> {
			started.tryEmitEmpty();
			return release.asMono().thenReturn(PageContent.of("old"));
		}).cache();
		slow.subscribe();
		started.asMono().block(LONG);
		this.built.ticketed.build(HOME, () -> Mono.just(PageContent.of("new"))).block(LONG);
		release.tryEmitEmpty();
		assertThat(slow.block(LONG).content().etag()).isEqualTo(PageContent.of("new").etag());
		assertThat(this.built.text(HOME)).isEqualTo("new");
	}

	@Test
	void aChangeDuringTheRenderingKeepsThePageRequested() {
		this.built.tickets.request(HOME).block();
		this.built.ticketed
			.build(HOME, () -> this.built.tickets.request(HOME).thenReturn(PageContent.of("without the change")))
			.block();
		assertThat(requested()).containsExactly(HOME);
		this.built.ticketed.build(HOME, () -> Mono.just(PageContent.of("with the change"))).block();
		assertThat(requested()).isEmpty();
		assertThat(this.built.text(HOME)).isEqualTo("with the change");
	}

	@Test
	void manyRequestsForOnePageShareFewWrites() {
		int before = mongo.count("update", "pageTickets");
		PageRequests requests = new PageRequests(this.built.tickets);
		Flux.range(0, 1000).flatMap((number) -> requests.request(HOME), 1000).blockLast(LONG);
		assertThat(requested()).containsExactly(HOME);
		assertThat(mongo.count("update", "pageTickets") - before).isLessThan(500);
	}

	@Test
	void removesThePageOfACategoryWithoutProducts() {
		String id = this.built.create("Lamp", "home");
		this.built.lists.buildCategory("home").block();
		assertThat(this.built.text(HOME)).contains("Lamp");
		this.built.delist(id);
		this.built.lists.buildCategory("home").block();
		assertThat(this.built.text(HOME)).isEmpty();
	}

	@Test
	void theSitemapListsThePagesThatExist() {
		String id = this.built.create("Lamp", "home");
		String removed = this.built.create("Bed", "home");
		this.built.productPages.build(id).block();
		this.built.productPages.build(removed).block();
		this.built.productPages.remove(removed, 2).block();
		this.built.lists.buildCategory("home").block();
		this.built.lists.buildTrending().block();
		this.built.sitemap.build().block();
		assertThat(this.built.text(PagePath.SITEMAP)).contains("<sitemapindex", "/pages/sitemaps/1.xml</loc>");
		assertThat(this.built.text(PagePath.ofSitemapPart(1)))
			.contains("/pages/products/" + id + "</loc>", "/pages/categories/home</loc>", "/pages/trending</loc>")
			.doesNotContain(removed);
	}

	@Test
	void theSitemapGrowsAndShrinksByParts() {
		List<String> ids = IntStream.range(0, 2 * TestPages.SITEMAP_PART)
			.mapToObj((number) -> this.built.create("Lamp", "home"))
			.toList();
		ids.forEach((id) -> this.built.productPages.build(id).block());
		this.built.sitemap.build().block();
		assertThat(this.built.text(PagePath.SITEMAP)).contains("/2.xml").doesNotContain("/3.xml");
		ids.subList(0, TestPages.SITEMAP_PART).forEach((id) -> this.built.productPages.remove(id, 2).block());
		this.built.sitemap.build().block();
		assertThat(this.built.text(PagePath.SITEMAP)).contains("/1.xml").doesNotContain("/2.xml");
		assertThat(this.built.text(PagePath.ofSitemapPart(2))).isEmpty();
		assertThat(this.built.text(PagePath.ofSitemapPart(1))).contains(ids.get(ids.size() - 1))
			.doesNotContain(ids.get(0));
	}

	private List<String> requested() {
		return this.built.tickets.requested(10).collectList().block();
	}

	private boolean put(String path, long version, String text) {
		return this.built.pages.put(path, page(version, text)).block();
	}

	private static StoredPage page(long version, String text) {
		return new StoredPage(version, PageContent.of(text), null);
	}

}
