package dev.agora.product.recount;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.mongodb.reactivestreams.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;
import dev.agora.product.rating.ReviewSummary;
import dev.agora.product.review.Opinion;
import dev.agora.product.review.Review;
import dev.agora.product.review.ReviewedItem;
import dev.agora.product.review.Reviewer;
import dev.agora.product.review.Reviews;

/** Products with reviews in a database of their own. */
final class ReviewedProducts {

	static final ReviewedItem ITEM = new ReviewedItem("Lamp", Price.of(BigDecimal.ONE, "EUR"), 1);

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	final DocumentStore store;

	final Products products;

	final Reviews reviews;

	final RecountRequests requests;

	final Recount recount;

	ReviewedProducts(MongoDatabase database) {
		this.store = new DocumentStore(database, JsonMapper.shared(), Clock.systemUTC());
		this.products = new Products(this.store, Clock.systemUTC());
		this.reviews = new Reviews(this.store, Clock.systemUTC());
		this.requests = new RecountRequests(database);
		this.recount = new Recount(this.requests, this.products, this.reviews);
		this.store.migrate().block();
	}

	String publish() {
		Product product = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 1, List.of(), Map.of(),
				null, new Seller(this.ids.next(), "seller", "Seller", 1), 1);
		return this.products.add(this.ids.next(), product.publish(Instant.EPOCH), Optional.empty()).block().id();
	}

	Reviewer member() {
		return new Reviewer(this.ids.next(), "member", "Member", 1);
	}

	Review review(String product, Reviewer author, int stars, @Nullable String text) {
		String serial = this.ids.next();
		return new Review(product, author, new Opinion(stars, text, serial, IdGenerator.createdAt(serial)));
	}

	Stored<Review> write(String product, Reviewer author, int stars, @Nullable String text) {
		return this.reviews.write(review(product, author, stars, text), ITEM, Optional.empty()).block();
	}

	void delist(String product) {
		this.products.changeIfPresent(product, (state) -> state.delist(Instant.EPOCH)).block();
	}

	ReviewSummary summary(String product) {
		return this.products.find(product).block().value().summary();
	}

	/** Runs the current requests, as a sweep does. */
	Flux<Void> sweep() {
		return this.requests.findAll().flatMap(this.recount::run);
	}

	List<String> requested() {
		return this.requests.findAll().map(RecountRequests.Request::product).collectList().block();
	}

}
