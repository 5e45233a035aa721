package dev.agora.product.page.web;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.build.TestPages;
import dev.agora.product.page.render.TestProducts;
import dev.agora.product.page.store.PageContent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Reads pages while one of the stores is unavailable or empty. */
class PageSourceStoreTests {

	private final TestMongoServer mongo = new TestMongoServer();

	private final TestRedisServer redis = TestRedisServer.started();

	private TestPages built;

	private PageSource source;

	private String lamp;

	@BeforeEach
	void open() {
		this.built = new TestPages(this.mongo, this.redis, "source");
		this.source = source(false);
		this.lamp = this.built.create("Lamp", "home");
		this.built.productPages.findOrBuild(this.lamp).block();
		this.built.sitemap.build().block();
	}

	@AfterEach
	void close() {
		this.built.close();
		this.mongo.close();
		this.redis.close();
	}

	@Test
	void servesPagesFromTheCacheWhileMongoDbIsDown() {
		readAll();
		this.mongo.close();
		readAll();
	}

	@Test
	void servesPagesAfterRedisWasFlushed() {
		readAll();
		this.redis.flush();
		readAll();
	}

	@Test
	void servesPagesFromTheStoreWhileRedisIsDown() {
		readAll();
		this.redis.stop(this.built.redis);
		readAll();
		this.redis.start();
	}

	@Test
	void aStoredPageNeedsNoRendering() {
		readAll();
		this.redis.flush();
		this.built.delist(this.lamp);
		assertThat(text(this.source.product(this.lamp).block())).contains("Lamp");
	}

	@Test
	void aPageThatIsRenderedPerRequestNeedsNoStoredOne() {
		PageSource perRequest = source(true);
		this.built.forgetPages();
		this.redis.flush();
		int stored = this.mongo.count("update", "pages");
		assertThat(text(perRequest.product(this.lamp).block())).contains("Lamp");
		assertThat(text(perRequest.category("home").block())).contains("Lamp");
		assertThat(this.mongo.count("update", "pages")).isEqualTo(stored);
		this.built.delist(this.lamp);
		assertThat(perRequest.product(this.lamp).blockOptional()).isEmpty();
	}

	@Test
	void requestsAMissingSitemapOnceInsteadOfBuildingIt() {
		this.built.forgetPages();
		this.redis.flush();
		int before = this.mongo.count("update", "pageTickets");
		for (int reader = 0; reader < 3; reader++) {
			assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> this.source.sitemap().block())
				.matches((refused) -> refused.retryAfter().toSeconds() == 10);
		}
		assertThat(this.mongo.count("update", "pageTickets") - before).isEqualTo(1);
		assertThat(this.built.tickets.requested(10).collectList().block()).containsExactly(PagePath.SITEMAP);
	}

	@Test
	void anUnknownPathReadsOneDocumentAtMost() {
		assertThat(this.source.product("no id").blockOptional()).isEmpty();
		assertThat(this.source.category("UPPER/../x").blockOptional()).isEmpty();
		int before = this.mongo.count("find", "pages");
		int tickets = this.mongo.count("findAndModify", "pageTickets");
		assertThat(this.source.category("none").blockOptional()).isEmpty();
		assertThat(this.source.category("none").blockOptional()).isEmpty();
		assertThat(this.mongo.count("find", "pages") - before).isEqualTo(1);
		assertThat(this.mongo.count("findAndModify", "pageTickets") - tickets).isZero();
	}

	private PageSource source(boolean renderPerRequest) {
		return new PageSource(this.built.cache, this.built.productPages, this.built.lists, this.built.sitemap,
				TestProducts.settings(renderPerRequest));
	}

	private void readAll() {
		assertThat(text(this.source.product(this.lamp).block())).contains("Lamp");
		assertThat(text(this.source.category("home").block())).contains("Lamp");
		assertThat(text(this.source.trending().block())).contains("Lamp");
		assertThat(text(this.source.sitemap().block())).contains("<sitemapindex");
		assertThat(text(this.source.sitemapPart("1.xml").block())).contains("<urlset");
	}

	private static String text(PageContent content) {
		return new String(content.plain(), StandardCharsets.UTF_8);
	}

}
