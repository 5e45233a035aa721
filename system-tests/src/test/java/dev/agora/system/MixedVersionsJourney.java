package dev.agora.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Two builds of product-service run side by side, as during an upgrade. The next build
 * writes another field to documents and events. Each build reads and changes what the
 * other has written.
 */
@EnabledIfSystemProperty(named = "mixed.versions", matches = "yes", disabledReason = "it takes minutes")
@Order(DoubledSystem.ORDER + 3)
class MixedVersionsJourney {

	private static final String NEXT = "product-service-1";

	private static final String PREVIOUS = "product-service-2";

	private static final int PRODUCTS = 3;

	/**
	 * By default a gateway avoids an instance that has just started, since its first
	 * responses are slow.
	 */
	private static final Map<String, String> IN_TURN = Map.of("GATEWAY_BALANCE_STRATEGY", "round-robin");

	private static final String CHANGED = """
			{"title": "Changed by %s", "category": "books", "price": {"amount": 7, "currency": "EUR"}, "stock": %d}
			""";

	private final Map<String, String> creators = new HashMap<>();

	@Test
	void bothBuildsReadAndChangeWhatTheOtherHasWritten() throws Exception {
		assumeTrue(TestSystem.isOwn(), "It restarts a process, so it needs a system that the tests have started.");
		DoubledSystem.restart(IN_TURN);
		String letters = deadLetters();
		System.out.print(TestSystem.agora("restart", NEXT, "--jar", NextBuild.ofProductService().toString()));
		Gateway gateway = TestSystem.gateway();
		Member seller = Member.register(gateway, "Seller");
		Member follower = Member.register(gateway, "Follower");
		follower.follow(seller);
		createByBoth(seller);
		assertThatTheBuildsWriteDifferently();
		for (String product : this.creators.keySet()) {
			assertThatBothRead("A thing", seller, product);
			String other = creator(product).equals(NEXT) ? PREVIOUS : NEXT;
			changeBy(other, seller, product);
			assertThatBothRead("Changed by " + other, seller, product);
		}
		rename(seller);
		Await.until("the feed shows all products", Await.SOON,
				() -> productsIn(follower).containsAll(this.creators.keySet()));
		assertThat(deadLetters()).isEqualTo(letters);
	}

	private void createByBoth(Member seller) {
		Await.until("both builds have created products", Await.SOON, () -> {
			Response created = seller.createProduct("A thing", "5");
			if (created.status() == 201) {
				this.creators.put(created.text("id"), instance(created));
			}
			return created(NEXT).size() >= PRODUCTS && created(PREVIOUS).size() >= PRODUCTS;
		});
	}

	private List<String> created(String instance) {
		return this.creators.keySet().stream().filter((product) -> creator(product).equals(instance)).toList();
	}

	private String creator(String product) {
		return this.creators.getOrDefault(product, "");
	}

	/** Only the next build writes the additional field. */
	private void assertThatTheBuildsWriteDifferently() throws IOException {
		List<String> all = List.copyOf(this.creators.keySet());
		Set<String> next = new HashSet<>(created(NEXT));
		assertThat(withField(StoredProducts.documents(all))).isEqualTo(next);
		List<Map<String, String>> events = new ArrayList<>();
		Await.until("all events are published", Await.SOON, () -> {
			events.add(readEvents(all));
			return events.get(events.size() - 1).size() == all.size();
		});
		assertThat(withField(events.get(events.size() - 1))).isEqualTo(next);
	}

	private static Map<String, String> readEvents(List<String> products) {
		try {
			return StoredProducts.events(products);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static Set<String> withField(Map<String, String> stored) {
		return stored.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().contains(NextBuild.FIELD))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/**
	 * A strong read comes from the document, and an eventual one from the cache that both
	 * share.
	 */
	private static void assertThatBothRead(String title, Member member, String product) {
		for (String instance : List.of(NEXT, PREVIOUS)) {
			for (String consistency : List.of("strong", "eventual")) {
				Await.until(instance + " reads a product", Await.SOON, () -> {
					Response read = member.get(path(product), "Consistency", consistency).expect(200);
					return instance(read).equals(instance) && read.text("title").equals(title);
				});
			}
		}
	}

	/**
	 * The tag for each attempt comes from the one before: the instances take turns, so
	 * that the second of two requests would always reach the same one.
	 */
	private static void changeBy(String instance, Member seller, String product) {
		AtomicReference<String> tag = new AtomicReference<>(readStrongly(product, seller).header("ETag"));
		Await.until(instance + " changes a product", Await.SOON, () -> {
			String body = CHANGED.formatted(instance, System.nanoTime() % 1000);
			Response changed = seller.send("PUT", path(product), body, "If-Match", tag.get()).expect(200);
			tag.set(changed.header("ETag"));
			return instance(changed).equals(instance);
		});
	}

	private static Response readStrongly(String product, Member member) {
		return member.get(path(product), "Consistency", "strong").expect(200);
	}

	private static String path(String product) {
		return "/api/v1/products/" + product;
	}

	/** Either build applies the event, and changes the documents of both. */
	private void rename(Member seller) {
		String tag = seller.get("/api/v1/members/me").expect(200).header("ETag");
		seller.send("PATCH", "/api/v1/members/me", "{\"name\": \"Renamed\"}", "If-Match", tag).expect(200);
		for (String product : this.creators.keySet()) {
			Await.until("the seller's new name is in the product", Await.SOON,
					() -> readStrongly(product, seller).body().at("/seller/name").asString().equals("Renamed"));
		}
	}

	private static Set<String> productsIn(Member follower) {
		return follower.get("/api/v1/feed?limit=100")
			.body()
			.path("items")
			.valueStream()
			.map((item) -> item.at("/product/id").asString())
			.collect(Collectors.toSet());
	}

	private static String instance(Response response) {
		String served = response.header("X-Served-By");
		return served.substring(served.lastIndexOf('/') + 1);
	}

	/** The dead letters of the events of products. */
	private static String deadLetters() {
		return TestSystem.agora("dead-letters", "list")
			.lines()
			.filter((line) -> line.contains("product.products.v1"))
			.collect(Collectors.joining("\n"));
	}

}
