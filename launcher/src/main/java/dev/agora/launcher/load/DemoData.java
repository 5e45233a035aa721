package dev.agora.launcher.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import net.datafaker.Faker;

/** Generates members, products, follows and posts, the same ones for the same seed. */
final class DemoData {

	private static final int MEMBERS = 50;

	private static final int PRODUCTS = 200;

	private static final int FOLLOWS = 600;

	private static final int POSTS = 100;

	private final Random random;

	private final Faker faker;

	/** The names of the members by handle. */
	private final Map<String, String> members = new LinkedHashMap<>();

	DemoData(long seed) {
		this.random = new Random(seed);
		this.faker = new Faker(Locale.ENGLISH, this.random);
		for (int i = 1; i <= MEMBERS; i++) {
			String name = this.faker.name().firstName();
			this.members.put(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "") + "_" + i, name);
		}
	}

	Map<String, String> members() {
		return this.members;
	}

	private String randomHandle() {
		return List.copyOf(this.members.keySet()).get(this.random.nextInt(MEMBERS));
	}

	/** Generates products, each with the handle of its seller. */
	List<Map.Entry<String, NewProduct>> products() {
		List<Map.Entry<String, NewProduct>> products = new ArrayList<>();
		for (int i = 1; i <= PRODUCTS; i++) {
			String category = this.faker.commerce().department().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
			String material = this.faker.commerce().material();
			products.add(Map.entry(randomHandle(),
					new NewProduct("demo-product-" + i, NewProduct.truncate(this.faker.commerce().productName()),
							this.faker.lorem().sentence(), category,
							NewProduct.Price.ofCents(this.random.nextInt(100, 20_000)), this.random.nextInt(1, 100),
							List.of("demo"), Map.of("material", material), null)));
		}
		return products;
	}

	Set<Follow> follows() {
		Set<Follow> follows = new LinkedHashSet<>();
		while (follows.size() < FOLLOWS) {
			Follow follow = new Follow(randomHandle(), randomHandle());
			if (!follow.follower().equals(follow.followee())) {
				follows.add(follow);
			}
		}
		return follows;
	}

	/** Generates texts of posts, each with the handle of its author. */
	List<Map.Entry<String, String>> posts() {
		List<Map.Entry<String, String>> posts = new ArrayList<>();
		for (int i = 0; i < POSTS; i++) {
			posts.add(Map.entry(randomHandle(), this.faker.lorem().sentence()));
		}
		return posts;
	}

}
