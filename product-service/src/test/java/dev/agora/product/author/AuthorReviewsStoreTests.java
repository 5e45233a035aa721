package dev.agora.product.author;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.web.PageRequest;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;
import dev.agora.product.review.Opinion;
import dev.agora.product.review.Review;
import dev.agora.product.review.ReviewedItem;
import dev.agora.product.review.Reviewer;
import dev.agora.product.review.Reviews;
import dev.agora.product.seller.SellerProducts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Renames and deletes authors, and delists products, with their events in every order.
 */
class AuthorReviewsStoreTests {

	private static final ReviewedItem ITEM = new ReviewedItem("Lamp", Price.of(BigDecimal.ONE, "EUR"), 1);

	private static final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Reviewer ann = new Reviewer(this.ids.next(), "ann", "Ann", 1);

	private final Reviewer ben = new Reviewer(this.ids.next(), "ben", "Ben", 1);

	private Reviews reviews;

	private Products products;

	private ProductReviews productReviews;

	private Reconciler<MemberCard> members;

	private String lamp = "";

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		DocumentStore store = mongo.store();
		this.reviews = new Reviews(store, Clock.systemUTC());
		this.products = new Products(store, Clock.systemUTC());
		this.productReviews = new ProductReviews(this.products, this.reviews);
		this.members = TestProjections.members(store)
			.reconciler(new MemberContent(new SellerProducts(this.products, Clock.systemUTC()),
					new AuthorReviews(this.reviews)));
		store.migrate().block();
		this.lamp = publish(this.ids.next());
	}

	@Test
	void showsTheNewNameOnReviewsAndOnProductsOfTheMember() {
		write(this.lamp, this.ann);
		write(this.lamp, this.ben);
		String chair = publish(this.ann.id());
		rename(2, "Anna");
		rename(2, "Anna");
		assertThat(list(this.lamp)).map((review) -> review.value().author().name()).containsExactly("Ben", "Anna");
		assertThat(this.products.find(chair).block().value().seller().name()).isEqualTo("Anna");
		assertThat(list(this.lamp).get(1).version()).isEqualTo(2);
	}

	@Test
	void showsTheNewNameOnAReviewThatWasWrittenDuringTheRename() {
		rename(2, "Anna");
		reconcile(write(this.lamp, this.ann));
		assertThat(list(this.lamp)).map((review) -> review.value().author().name()).containsExactly("Anna");
	}

	@Test
	void removesTheReviewsAndProductsOfADeletedMember() {
		write(this.lamp, this.ann);
		write(this.lamp, this.ben);
		String chair = publish(this.ann.id());
		delete(2);
		delete(2);
		assertThat(list(this.lamp)).map((review) -> review.value().author()).containsExactly(this.ben);
		assertThat(this.products.find(chair).block()).isNull();
	}

	@Test
	void removesWhatADeletedReviewOfADeletedMemberLeft() {
		Stored<Review> review = write(this.lamp, this.ann);
		this.reviews.delete(this.lamp, this.ann.id(), Optional.empty()).block();
		delete(2);
		assertThat(this.reviews.idsOf(this.lamp).collectList().block()).doesNotContain(review.id());
	}

	@Test
	void removesAReviewThatWasWrittenDuringTheDeletionOfItsAuthor() {
		delete(2);
		Stored<Review> late = write(this.lamp, this.ann);
		reconcile(late);
		reconcile(late);
		assertThat(list(this.lamp)).isEmpty();
	}

	@Test
	void removesTheReviewsOfADelistedProductAndNoOthers() {
		String chair = publish(this.ids.next());
		write(this.lamp, this.ann);
		write(this.lamp, this.ben);
		write(chair, this.ann);
		delist(this.lamp);
		this.productReviews.removeAll(this.lamp).block();
		this.productReviews.removeAll(this.lamp).block();
		assertThat(list(this.lamp)).isEmpty();
		assertThat(list(chair)).hasSize(1);
	}

	@Test
	void removesAReviewThatWasWrittenDuringTheDelistingOfItsProduct() {
		delist(this.lamp);
		this.productReviews.removeAll(this.lamp).block();
		Stored<Review> late = write(this.lamp, this.ann);
		reconcile(late);
		assertThat(list(this.lamp)).isEmpty();
	}

	@Test
	void keepsTheReviewOfAKnownMemberOnAListedProduct() {
		Stored<Review> review = write(this.lamp, this.ann);
		rename(1, "Ann");
		reconcile(review);
		assertThat(list(this.lamp)).containsExactly(review);
	}

	/** Does what the listener does on the event of a written review. */
	private void reconcile(Stored<Review> review) {
		this.productReviews.reconcile(review.id(), review.value().product()).block();
		Reviewer author = review.value().author();
		this.members.reconcile(review.id(), author.id(), author.version()).block();
	}

	private void rename(long version, String name) {
		this.members.upsert(this.ann.id(), version, new MemberCard(this.ann.id(), "ann", name)).block();
	}

	private void delete(long version) {
		this.members.remove(this.ann.id(), version).block();
	}

	private void delist(String product) {
		this.products.changeIfPresent(product, (state) -> state.delist(Instant.EPOCH)).block();
	}

	private String publish(String seller) {
		Product product = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 1, List.of(), Map.of(),
				null, new Seller(seller, "seller", "Seller", 1), 1);
		return this.products.add(this.ids.next(), product.publish(Instant.EPOCH), Optional.empty()).block().id();
	}

	private Stored<Review> write(String product, Reviewer author) {
		Opinion opinion = new Opinion(4, "Bright.", this.ids.next(), Instant.EPOCH);
		return this.reviews.write(new Review(product, author, opinion), ITEM, Optional.empty()).block();
	}

	private List<Stored<Review>> list(String product) {
		return this.reviews.list(product, new PageRequest(100, null)).block().items();
	}

}
