package dev.agora.feed.product;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.arrival.Arrivals;
import dev.agora.feed.audience.Member;
import dev.agora.feed.audience.MemberProjection;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Products that are offered, and offered no more, in every order of what is told. */
class ListingActivitiesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Author ann = new Author(this.ids.next(), "ann", "Ann", 1);

	private final ProductCard lamp = new ProductCard(this.ids.next(), "A lamp", new Price(BigDecimal.ONE, "EUR"));

	private MemberProjection members;

	private ProductProjection products;

	private Activities activities;

	private ListingActivities listing;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		DocumentStore store = mongo.store();
		Arrivals arrivals = new Arrivals(Clock.systemUTC());
		this.members = new MemberProjection(store, arrivals);
		this.products = new ProductProjection(store, arrivals);
		this.activities = new Activities(store, this.ids, Clock.systemUTC());
		this.listing = new ListingActivities(this.products, this.members, this.activities, Clock.systemUTC());
		store.migrate().block();
	}

	@Test
	void isAnActivityOfItsSellerOnce() {
		start();
		start();
		assertThat(activity(this.lamp.id()).verb()).isEqualTo(Activity.LISTED);
		assertThat(activity(this.lamp.id()).version()).isEqualTo(1);
	}

	@Test
	void bearsTheNewestNameOfItsSeller() {
		this.members.put(this.ann.id(), 2, new Member("ann", "Anna")).block();
		start();
		assertThat(activity(this.lamp.id()).author().name()).isEqualTo("Anna");
	}

	@Test
	void isNothingOfASellerWhoLeft() {
		this.members.remove(this.ann.id(), 2).block();
		start();
		assertThat(isThere(this.lamp.id())).isFalse();
	}

	@Test
	void endsWithItsProductAndStaysGone() {
		start();
		end();
		end();
		start();
		assertThat(isThere(this.lamp.id())).isFalse();
		assertThatExceptionOfType(InvalidRequest.class)
			.isThrownBy(() -> this.products.require(this.lamp.id()).block(Duration.ofMinutes(1)));
	}

	@Test
	void doesNotBeginAfterItsEnd() {
		end();
		start();
		assertThat(isThere(this.lamp.id())).isFalse();
	}

	@Test
	void leavesPostsWithoutWhatIsDelisted() {
		start();
		ProductCard chair = new ProductCard(this.ids.next(), "A chair", new Price(BigDecimal.TEN, "EUR"));
		String aboutLamp = post(this.lamp);
		String aboutChair = post(chair);
		end();
		assertThat(activity(aboutLamp).product()).isNull();
		assertThat(activity(aboutLamp).text()).isEqualTo("Look");
		assertThat(activity(aboutChair).product()).isNotNull();
	}

	private void start() {
		this.listing.start(this.lamp, 1, this.ann, Instant.EPOCH).block();
	}

	private void end() {
		this.listing.end(this.lamp.id(), 2).block();
	}

	private String post(ProductCard about) {
		Author bob = new Author(this.ids.next(), "bob", "Bob", 1);
		return Objects
			.requireNonNull(
					this.activities.add((at) -> Activity.post(bob, "Look", about, at), Optional.empty()).block())
			.id();
	}

	private ActivityView activity(String id) {
		return Objects.requireNonNull(this.activities.find(id).block());
	}

	private boolean isThere(String id) {
		return this.activities.find(id).blockOptional().isPresent();
	}

}
