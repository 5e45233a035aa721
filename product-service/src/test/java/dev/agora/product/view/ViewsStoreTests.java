package dev.agora.product.view;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class ViewsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer server = TestRedisServer.started(Duration.ofSeconds(10));

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final RedissonClient redis = server.client();

	private final RedisGuard guard = new RedisGuard(this.redis, server.settings(), this.meters);

	private Products products;

	private Instance one;

	private Instance other;

	private String lamp = "";

	@AfterAll
	static void stopServers() {
		server.close();
		mongo.close();
	}

	@BeforeEach
	void open() {
		server.flush();
		DocumentStore store = mongo.store();
		this.products = new Products(store, Clock.systemUTC());
		store.migrate().block();
		this.one = new Instance(store, 5000);
		this.other = new Instance(store, 5000);
		this.lamp = publish();
	}

	@AfterEach
	void disconnect() {
		this.guard.close();
		this.redis.shutdown();
	}

	@Test
	void addsTheViewsOfAllInstancesToTheProducts() {
		String chair = publish();
		view(this.one, this.lamp, 3);
		view(this.other, this.lamp, 4);
		view(this.other, chair, 1);
		this.one.counter.flush().block();
		this.other.counter.flush().block();
		this.one.writer.addToProducts().block();
		assertThat(product(this.lamp).tally()).isEqualTo(7);
		assertThat(product(chair).tally()).isEqualTo(1);
		assertThat(product(this.lamp).version()).isEqualTo(1);
		assertThat(server.ask("DBSIZE")).isEqualTo(":0\r\n");
	}

	@Test
	void oneInstanceAtATimeWritesToTheProducts() {
		view(this.other, this.lamp, 1);
		this.one.writer.addToProducts().block();
		this.other.counter.flush().block();
		this.other.writer.addToProducts().block();
		assertThat(product(this.lamp).tally()).isZero();
		this.one.writer.addToProducts().block();
		assertThat(product(this.lamp).tally()).isEqualTo(1);
	}

	@Test
	void countsABatchOnceThatIsWrittenTwice() {
		view(this.one, this.lamp, 3);
		this.one.counter.flush().block();
		// An instance dies after it has written the batch.
		ViewBuffer.Batch batch = shards().map((shard) -> this.one.buffer.take(shard).block())
			.filter((taken) -> taken != null)
			.findFirst()
			.orElseThrow();
		this.products.addViews(batch.id(), batch.views()).block();
		view(this.one, this.lamp, 2);
		this.one.counter.flush().block();
		this.one.writer.addToProducts().block();
		assertThat(product(this.lamp).tally()).isEqualTo(3);
		this.one.writer.addToProducts().block();
		assertThat(product(this.lamp).tally()).isEqualTo(5);
	}

	@Test
	void keepsABatchUntilMongoDbHasIt() {
		view(this.one, this.lamp, 3);
		this.one.counter.flush().block();
		mongo.failNext("update", "products");
		assertThatException().isThrownBy(() -> this.one.writer.addToProducts().block());
		this.one.writer.addToProducts().block();
		assertThat(product(this.lamp).tally()).isEqualTo(3);
	}

	@Test
	void ignoresViewsOfDelistedProducts() {
		this.products.changeIfPresent(this.lamp, (product) -> product.delist(Instant.EPOCH)).block();
		view(this.one, this.lamp, 1);
		this.one.counter.flush().block();
		this.one.writer.addToProducts().block();
		assertThat(this.products.find(this.lamp).block()).isNull();
		assertThat(server.ask("DBSIZE")).isEqualTo(":0\r\n");
	}

	@Test
	void keepsABoundedNumberOfProductsInRedis() {
		Instance small = new Instance(mongo.store(), 1);
		List<String> many = IntStream.range(0, 200).mapToObj((number) -> this.ids.next()).toList();
		many.forEach((product) -> view(small, product, 1));
		small.counter.flush().block();
		many.forEach((product) -> view(small, product, 1));
		small.counter.flush().block();
		assertThat(shards().mapToLong((shard) -> entries(small, shard))).allMatch((entries) -> entries <= 1)
			.anyMatch((entries) -> entries == 1);
	}

	@Test
	void keepsABoundedNumberOfProductsInMemory() {
		IntStream.range(0, ViewCounter.CAPACITY + 5).forEach((number) -> this.one.counter.count("product" + number));
		assertThat(this.meters.counter("views.dropped").count()).isEqualTo(5);
	}

	@Test
	void replacesAKeyOfAnotherType() {
		shards().forEach((shard) -> server.ask("SET product:views:v1:{" + shard + "} text"));
		view(this.one, this.lamp, 3);
		this.one.counter.flush().block();
		this.one.writer.addToProducts().block();
		assertThat(product(this.lamp).tally()).isEqualTo(3);
	}

	@Test
	void dropsViewsWhileRedisIsUnavailable() {
		view(this.one, this.lamp, 3);
		server.stop();
		try {
			this.one.counter.flush().block();
		}
		finally {
			server.start();
		}
		assertThat(this.meters.counter("views.dropped").count()).isEqualTo(3);
	}

	private static Stream<Integer> shards() {
		return IntStream.range(0, ViewBuffer.SHARDS).boxed();
	}

	private static long entries(Instance instance, int shard) {
		ViewBuffer.Batch batch = instance.buffer.take(shard).block();
		return (batch != null) ? batch.views().size() : 0;
	}

	private static void view(Instance instance, String product, int times) {
		IntStream.range(0, times).forEach((time) -> instance.counter.count(product));
	}

	private Stored<Product> product(String id) {
		return this.products.find(id).block();
	}

	private String publish() {
		Product product = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 1, List.of(), Map.of(),
				null, new Seller(this.ids.next(), "seller", "Seller", 1), 1);
		return this.products.add(this.ids.next(), product.publish(Instant.EPOCH), Optional.empty()).block().id();
	}

	/** The views of one instance of the service. */
	private final class Instance {

		final ViewBuffer buffer;

		final ViewCounter counter;

		final ViewWriter writer;

		Instance(DocumentStore store, int capacity) {
			ViewSettings settings = new ViewSettings(Duration.ofMinutes(1), Duration.ofHours(1), capacity);
			this.buffer = new ViewBuffer(ViewsStoreTests.this.guard, ViewsStoreTests.this.ids, settings);
			this.counter = new ViewCounter(this.buffer, ViewsStoreTests.this.meters);
			this.writer = new ViewWriter(this.counter, this.buffer,
					new ViewTargets(ViewsStoreTests.this.products, List.of()), settings, store);
		}

	}

}
