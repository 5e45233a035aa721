package dev.agora.product.page.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.redisson.api.RedissonClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;
import dev.agora.product.page.render.PageRenderer;
import dev.agora.product.page.render.Sitemap;
import dev.agora.product.page.render.Stylesheet;
import dev.agora.product.page.render.TestProducts;
import dev.agora.product.page.store.PageCache;
import dev.agora.product.page.store.PageContent;
import dev.agora.product.page.store.PageTickets;
import dev.agora.product.page.store.Pages;
import dev.agora.product.page.store.StoredPage;
import dev.agora.product.page.trend.TrendSettings;
import dev.agora.product.page.trend.TrendSignals;
import dev.agora.product.page.trend.TrendingProducts;
import dev.agora.product.rating.Rating;

/** The components that build pages, on a database of their own. */
public final class TestPages implements AutoCloseable {

	private static final CacheSettings SETTINGS = new CacheSettings(Duration.ofMinutes(5), Duration.ofHours(1),
			Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(10),
			Duration.ofSeconds(11), 128, Duration.ofSeconds(1));

	/** The number of pages in a part of the sitemap. */
	public static final int SITEMAP_PART = 40;

	private static final TrendSettings TREND = new TrendSettings(Duration.ofHours(6), Duration.ofDays(2));

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final MongoDatabase database;

	private final RedissonClient client;

	public final RedisGuard redis;

	private final ObjectCaches caches;

	public final DocumentStore store;

	public final Products products;

	public final TrendSignals signals;

	public final Pages pages;

	public final PageCache cache;

	public final PageTickets tickets;

	public final TicketedPages ticketed;

	public final ProductPages productPages;

	public final ListPages lists;

	public final SitemapPages sitemap;

	public TestPages(TestMongoServer mongo, TestRedisServer redis, String database) {
		MongoDatabase opened = mongo.database(database);
		this.database = opened;
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		this.client = redis.client();
		this.redis = new RedisGuard(this.client, redis.settings(), meters);
		this.caches = new ObjectCaches(this.redis, SETTINGS, meters, JsonMapper.shared(), Clock.systemUTC());
		this.store = new DocumentStore(opened, JsonMapper.shared(), Clock.systemUTC());
		this.products = new Products(this.store, Clock.systemUTC());
		this.pages = new Pages(opened, Clock.systemUTC());
		this.tickets = new PageTickets(opened, this.store);
		this.cache = new PageCache(this.caches);
		this.ticketed = new TicketedPages(this.tickets, this.pages, this.cache);
		this.signals = new TrendSignals(opened, this.store, TREND, Clock.systemUTC());
		PageRenderer renderer = renderer();
		this.productPages = new ProductPages(this.products, renderer, this.pages, this.cache,
				new PageRequests(this.tickets));
		this.lists = new ListPages(this.products, new TrendingProducts(this.signals, this.products), renderer,
				this.ticketed, TestProducts.SETTINGS);
		this.sitemap = new SitemapPages(this.pages, new Sitemap(TestProducts.SETTINGS), this.ticketed, SITEMAP_PART);
		this.store.migrate().block();
	}

	public String create(String title, String category) {
		String id = this.ids.next();
		Product product = new Product(title, null, category, new Price(new BigDecimal("1.00"), "EUR"), 1, List.of(),
				Map.of(), null, new Seller("0SAX0RSKMBGW1", "anna", "Anna", 1), 1, Rating.NONE, List.of());
		this.products.add(id, product.publish(IdGenerator.createdAt(id)), Optional.empty()).block();
		return id;
	}

	/** Renames the seller of a product, which raises its version. */
	void rename(String id, String name, long version) {
		this.products
			.changeIfPresent(id, (product) -> product.withSeller(new Seller("0SAX0RSKMBGW1", "anna", name, version)))
			.block();
	}

	public void delist(String id) {
		this.products.changeIfPresent(id, (product) -> product.delist(Instant.now())).block();
	}

	/** Deletes all pages, as if none had ever been built. */
	public void forgetPages() {
		Mono.from(this.database.getCollection("pages").drop()).block();
	}

	/** Returns the text of a stored page, empty for a removed or missing one. */
	public String text(String path) {
		return this.pages.find(path)
			.map(StoredPage::content)
			.filter((content) -> !content.isRemoved())
			.map(PageContent::plain)
			.map((bytes) -> new String(bytes, StandardCharsets.UTF_8))
			.blockOptional()
			.orElse("");
	}

	private static PageRenderer renderer() {
		try {
			return new PageRenderer(TestProducts.SETTINGS, new Stylesheet(), JsonMapper.shared());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.caches.close();
		this.redis.close();
		this.client.shutdown();
	}

}
