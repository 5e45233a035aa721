package dev.agora.feed.author;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityEvent;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.arrival.Arrivals;
import dev.agora.feed.audience.Member;
import dev.agora.feed.audience.MemberProjection;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Authors who go by other names and leave, in every order of what is told of it. */
class AuthorReconcilerStoreTests {

	private static final int MANY = 200;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Author ann = new Author(this.ids.next(), "ann", "Ann", 1);

	private final Author bob = new Author(this.ids.next(), "bob", "Bob", 1);

	private final ProductCard lamp = new ProductCard(this.ids.next(), "A lamp", new Price(BigDecimal.ONE, "EUR"));

	private DocumentStore store;

	private MemberProjection members;

	private ProductProjection products;

	private Activities activities;

	private AuthorReconciler upkeep;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		Arrivals arrivals = new Arrivals(Clock.systemUTC());
		this.store = mongo.store();
		this.members = new MemberProjection(this.store, arrivals);
		this.products = new ProductProjection(this.store, arrivals);
		this.activities = new Activities(this.store, this.ids, Clock.systemUTC());
		this.upkeep = new AuthorReconciler(this.members, this.products, this.activities, Clock.systemUTC());
		this.store.migrate().block();
	}

	@Test
	void allActivitiesShowTheNewNameAndNobodyElsesDo() {
		List<String> anns = IntStream.range(0, MANY).mapToObj((number) -> post(this.ann, null)).toList();
		String bobs = post(this.bob, null);
		rename(2, "Anna");
		assertThat(anns).map(this::activity).allSatisfy((activity) -> {
			assertThat(activity.author().name()).isEqualTo("Anna");
			assertThat(activity.version()).isEqualTo(2);
		});
		assertThat(activity(bobs).author().name()).isEqualTo("Bob");
	}

	@Test
	void whatIsToldTwiceOrTooLateChangesNothing() {
		String id = post(this.ann, null);
		rename(3, "Anne");
		rename(2, "Anna");
		rename(3, "Anne");
		assertThat(activity(id).author().name()).isEqualTo("Anne");
		assertThat(activity(id).version()).isEqualTo(2);
	}

	@Test
	void goesOnWhereItWasInterrupted() {
		List<String> anns = IntStream.range(0, MANY).mapToObj((number) -> post(this.ann, null)).toList();
		anns.subList(0, MANY / 2)
			.forEach((id) -> this.activities.changeIfPresent(id, (post) -> post.withdraw(Instant.EPOCH)).block());
		leave(2);
		assertThat(anns).noneMatch(this::isThere);
		assertThat(anns)
			.allSatisfy((id) -> assertThat(events(id)).containsExactly("activity.published", "activity.deleted"));
	}

	@Test
	void endsTheActivitiesOfWhoLeftHoweverOftenItIsTold() {
		String anns = post(this.ann, null);
		String bobs = post(this.bob, null);
		leave(3);
		leave(3);
		rename(2, "Told too late");
		assertThat(isThere(anns)).isFalse();
		assertThat(isThere(bobs)).isTrue();
		assertThat(this.members.current(this.ann).blockOptional()).isEmpty();
	}

	@Test
	void aPostWrittenWhileItsAuthorLeftGoesByItsOwnEvent() {
		leave(2);
		String late = post(this.ann, null);
		assertThat(isThere(late)).isTrue();
		settle(late, null);
		settle(late, null);
		assertThat(isThere(late)).isFalse();
	}

	@Test
	void aPostWrittenWhileItsAuthorWasRenamedIsRenamedByItsOwnEvent() {
		rename(2, "Anna");
		String late = post(this.ann, null);
		settle(late, null);
		settle(late, null);
		assertThat(activity(late).author().name()).isEqualTo("Anna");
		assertThat(activity(late).version()).isEqualTo(2);
	}

	@Test
	void aPostWrittenWhileItsProductWasDelistedLosesItByItsOwnEvent() {
		this.products.remove(this.lamp.id(), 2).block();
		String late = post(this.ann, this.lamp);
		settle(late, this.lamp.id());
		assertThat(activity(late).product()).isNull();
		assertThat(activity(late).text()).isEqualTo("Look");
	}

	@Test
	void leavesAnActivityAloneThatIsAsItShouldBe() {
		String id = post(this.ann, this.lamp);
		settle(id, this.lamp.id());
		this.members.put(this.ann.id(), 1, new Member("ann", "Ann")).block();
		this.products.put(this.lamp, 1).block();
		settle(id, this.lamp.id());
		assertThat(activity(id).version()).isEqualTo(1);
	}

	private void rename(long version, String name) {
		this.upkeep.rename(this.ann.id(), version, new Member("ann", name)).block();
	}

	private void leave(long version) {
		this.upkeep.leave(this.ann.id(), version).block();
	}

	private void settle(String id, @Nullable String product) {
		this.upkeep.settle(id, new ActivityEvent.Published(this.ann.id(), Activity.POSTED, product, Instant.EPOCH))
			.block();
	}

	private String post(Author author, @Nullable ProductCard about) {
		return Objects
			.requireNonNull(
					this.activities.add((at) -> Activity.post(author, "Look", about, at), Optional.empty()).block())
			.id();
	}

	private ActivityView activity(String id) {
		return Objects.requireNonNull(this.activities.find(id).block());
	}

	private boolean isThere(String id) {
		return this.activities.find(id).blockOptional().isPresent();
	}

	private List<String> events(String id) {
		return TestMongoServer.events(this.store, id);
	}

}
