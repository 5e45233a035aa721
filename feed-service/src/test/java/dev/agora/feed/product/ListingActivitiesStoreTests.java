package dev.agora.feed.product;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.Price;
import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Lists and delists products, with their events in every order. */
class ListingActivitiesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Author ann = new Author(this.ids.next(), "ann", "Ann", 1);

	private final ProductCard lamp = new ProductCard(this.ids.next(), "A lamp", new Price(BigDecimal.ONE, "EUR"));

	private MongoDatabase database;

	private DocumentStore store;

	private ProductProjection products;

	private Activities activities;

	private ListingActivities listings;

	private Reconciler<ProductCard> reconciler;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.database = mongo.database("listings" + databases++);
		this.store = new DocumentStore(this.database, JsonMapper.shared(), Clock.systemUTC());
		MemberProjection members = TestProjections.members(this.store);
		this.products = new ProductProjection(this.store, TestProjections.freshEntries());
		this.activities = new Activities(this.store, this.ids, Clock.systemUTC());
		this.listings = new ListingActivities(this.products, new Authors(members), this.activities, Clock.systemUTC());
		this.reconciler = this.products.reconciler(this.listings);
		this.store.migrate().block();
	}

	@Test
	void publishesAListingOnce() {
		list();
		list();
		assertThat(activity(this.lamp.id()).verb()).isEqualTo(Activity.LISTED);
		assertThat(activity(this.lamp.id()).version()).isEqualTo(1);
	}

	@Test
	void publishesNoListingOfAnImportButKnowsTheProduct() {
		list(true);
		list(true);
		assertThat(exists(this.lamp.id())).isFalse();
		assertThat(this.products.require(this.lamp.id()).block()).isEqualTo(ActivityProduct.of(this.lamp, 1));
	}

	@Test
	void showsTheNewestNameOfTheSeller() {
		TestProjections.upsertMember(this.store, new MemberCard(this.ann.id(), "ann", "Anna"), 2).block();
		list();
		assertThat(activity(this.lamp.id()).author().name()).isEqualTo("Anna");
	}

	@Test
	void publishesNoListingOfADeletedSeller() {
		TestProjections.deleteMember(this.store, this.ann.id(), 2).block();
		list();
		assertThat(exists(this.lamp.id())).isFalse();
	}

	@Test
	void removesTheListingOfADelistedProductForGood() {
		list();
		delist();
		delist();
		list();
		assertThat(exists(this.lamp.id())).isFalse();
		assertThatExceptionOfType(InvalidRequest.class)
			.isThrownBy(() -> this.products.require(this.lamp.id()).block(Duration.ofMinutes(1)));
	}

	@Test
	void publishesNoListingOfADelistedProduct() {
		delist();
		list();
		assertThat(exists(this.lamp.id())).isFalse();
	}

	@Test
	void removesADelistedProductFromPosts() {
		list();
		ProductCard chair = new ProductCard(this.ids.next(), "A chair", new Price(BigDecimal.TEN, "EUR"));
		String aboutLamp = post(this.lamp);
		String aboutChair = post(chair);
		delist();
		assertThat(activity(aboutLamp).product()).isNull();
		assertThat(activity(aboutLamp).text()).isEqualTo("Look");
		assertThat(activity(aboutChair).product()).isNotNull();
	}

	@Test
	void removesTheProductFromAPostThatWasWrittenDuringTheDelisting() {
		delist();
		String late = post(this.lamp);
		reconcile(late);
		assertThat(activity(late).product()).isNull();
		assertThat(activity(late).text()).isEqualTo("Look");
	}

	@Test
	void changesNoPostWhoseProductIsListedOrUnknown() {
		String id = post(this.lamp);
		reconcile(id);
		list();
		reconcile(id);
		assertThat(activity(id).version()).isEqualTo(1);
	}

	@Test
	void showsTheNewPriceInTheListingAndInPosts() {
		list();
		String about = post(this.lamp);
		String other = post(new ProductCard(this.ids.next(), "A chair", new Price(BigDecimal.TEN, "EUR")));
		change(cheaper(), 2);
		assertThat(activity(this.lamp.id()).product()).isEqualTo(cheaper());
		assertThat(activity(about).product()).isEqualTo(cheaper());
		assertThat(activity(other).version()).isEqualTo(1);
		assertThat(TestMongoServer.events(this.store, about)).containsExactly("activity.published",
				"activity.product-changed");
	}

	@Test
	void ignoresAnOlderPriceThatComesLater() {
		list();
		ProductCard lantern = new ProductCard(this.lamp.id(), "A lantern", this.lamp.price());
		change(lantern, 3);
		change(cheaper(), 2);
		list();
		assertThat(activity(this.lamp.id()).product()).isEqualTo(lantern);
	}

	@Test
	void showsThePriceThatChangedWhileAPostWasWritten() {
		list();
		ActivityProduct read = this.products.require(this.lamp.id()).block();
		change(cheaper(), 2);
		String late = post(read);
		reconcile(late);
		assertThat(activity(late).product()).isEqualTo(cheaper());
		assertThat(this.products.require(this.lamp.id()).block()).isEqualTo(ActivityProduct.of(cheaper(), 2));
	}

	@Test
	void changesAnActivityFromBeforeTheVersionsOfProducts() {
		String about = post(this.lamp);
		Mono.from(this.database.getCollection("activities")
			.updateMany(Filters.empty(), Updates.unset("value.product.version"))).block();
		change(cheaper(), 2);
		assertThat(activity(about).product()).isEqualTo(cheaper());
	}

	private ProductCard cheaper() {
		return new ProductCard(this.lamp.id(), "A lamp", new Price(new BigDecimal("0.50"), "EUR"));
	}

	private void change(ProductCard card, long version) {
		this.reconciler.upsert(card.id(), version, card).block();
	}

	private void reconcile(String id) {
		this.reconciler.reconcile(id, this.lamp.id(), Reconciler.FIRST_VERSION).block();
	}

	private void list() {
		list(null);
	}

	private void list(@Nullable Boolean imported) {
		this.listings
			.publish(this.lamp, 1,
					new ProductEvent.Listed(this.lamp.title(), this.lamp.price(), this.ann, Instant.EPOCH, imported))
			.block();
	}

	private void delist() {
		this.reconciler.remove(this.lamp.id(), 2).block();
	}

	private String post(ProductCard about) {
		return post(ActivityProduct.of(about, 1));
	}

	private String post(ActivityProduct about) {
		Author bob = new Author(this.ids.next(), "bob", "Bob", 1);
		return Objects
			.requireNonNull(
					this.activities.add((at) -> Activity.post(bob, "Look", about, at), Optional.empty()).block())
			.id();
	}

	private ActivityView activity(String id) {
		return Objects.requireNonNull(this.activities.find(id).block());
	}

	private boolean exists(String id) {
		return this.activities.find(id).blockOptional().isPresent();
	}

}
