package dev.agora.feed.consistency;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.Price;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.audience.Block;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.author.AuthorActivities;
import dev.agora.feed.friend.Friendships;
import dev.agora.feed.product.ListingActivities;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projection;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.watermark.Reader;
import dev.agora.platform.watermark.Watermark;
import dev.agora.platform.watermark.WatermarkSweep;
import dev.agora.platform.watermark.Watermarks;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the store of the feed shows writes of other services, by their versions. */
class FeedSourcesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final Clock clock = Clock.systemUTC();

	private final IdGenerator ids = new IdGenerator(this.clock);

	private final DocumentStore store = mongo.store();

	private final Activities activities = new Activities(this.store, this.ids, this.clock);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void aFollowIsAppliedWithItsVersion() {
		FollowProjection follows = new FollowProjection(this.store);
		assertThat(follows.hasVersions(Map.of("a:b", 1L)).block()).isFalse();
		follows.upsert("a:b", 1, new Follow("a", "b")).block();
		assertThat(follows.hasVersions(Map.of("a:b", 1L)).block()).isTrue();
		assertThat(follows.hasVersions(Map.of("a:b", 2L)).block()).isFalse();
		follows.remove("a:b", 2).block();
		assertThat(follows.hasVersions(Map.of("a:b", 2L)).block()).isTrue();
		assertThat(follows.hasVersions(Map.of("a:b", 2L, "a:c", 1L)).block()).isFalse();
	}

	@Test
	void aBlockIsAppliedForBothOfItsMembers() {
		BlockProjection blocks = new BlockProjection(this.store);
		assertThat(blocks.hasVersions(Map.of("a:b", 1L)).block()).isFalse();
		blocks.upsert(new Block("a", "b"), 1).block();
		assertThat(blocks.hasVersions(Map.of("a:b", 1L)).block()).isTrue();
		assertThat(blocks.hasVersions(Map.of("b:a", 1L)).block()).isFalse();
		blocks.remove(new Block("a", "b"), 2).block();
		assertThat(blocks.hasVersions(Map.of("a:b", 2L)).block()).isTrue();
		assertThat(blocks.hasVersions(Map.of("forged", 1L)).block()).isFalse();
	}

	@Test
	void aNewNameIsAppliedOnceEachActivityShowsIt() {
		Projection<MemberCard> members = this.store.projection("members", MemberCard.class);
		Reconciler<MemberCard> reconciler = new Reconciler<>(members,
				new AuthorActivities(this.activities, this.clock));
		String ann = this.ids.next();
		this.activities
			.add((at) -> Activity.post(new Author(ann, "ann", "Ann", 1), "hello", null, at), Optional.empty())
			.block();
		members.upsert(ann, 2, new MemberCard(ann, "ann", "Anna")).block();
		assertThat(reconciler.hasApplied(Map.of(ann, 2L)).block()).isFalse();
		reconciler.upsert(ann, 2, new MemberCard(ann, "ann", "Anna")).block();
		assertThat(reconciler.hasApplied(Map.of(ann, 2L)).block()).isTrue();
		assertThat(reconciler.hasApplied(Map.of(ann, 3L)).block()).isFalse();
	}

	@Test
	void aListedProductIsAppliedOnceItsListingExists() {
		Projection<ProductCard> products = this.store.projection("products", ProductCard.class);
		ProductProjection projection = new ProductProjection(this.store, TestProjections.freshEntries());
		ListingActivities listings = new ListingActivities(projection, new Authors(TestProjections.members(this.store)),
				this.activities, this.clock);
		ProductCheck check = new ProductCheck(new Reconciler<>(products, listings), projection, this.activities);
		String lamp = this.ids.next();
		Price price = new Price(BigDecimal.TEN, "EUR");
		products.upsert(lamp, 1, new ProductCard(lamp, "A lamp", price)).block();
		assertThat(check.hasApplied(Map.of(lamp, 1L)).block()).isFalse();
		this.activities
			.addOnce(lamp, Activity.listing(new Author("a", "ann", "Ann", 1),
					new ActivityProduct(lamp, "A lamp", price, 1), Instant.EPOCH))
			.block();
		assertThat(check.hasApplied(Map.of(lamp, 1L)).block()).isTrue();
		products.remove(lamp, 2).block();
		assertThat(check.hasApplied(Map.of(lamp, 2L)).block()).as("its listing still exists").isFalse();
	}

	/** An activity that was created with the older name has not been renamed yet. */
	@Test
	void theWatermarkOfMembersCountsOnceNewActivitiesAreReconciled() {
		Watermarks watermarks = new Watermarks(mongo.database("lagging"));
		FeedSources sources = new FeedSources(watermarks,
				new WatermarkSweep(this.clock, Duration.ZERO, (topic, time) -> Mono.empty()));
		SourceProgress members = sources.memberProgress(new Reconciler<>(
				this.store.projection("members", MemberCard.class), new AuthorActivities(this.activities, this.clock)));
		Reader group = watermarks.reader("feed.members", "session.members.v1");
		watermarks.advance("feed.members", List.of(new Watermark("session.members.v1", 0, 1, 100))).block();
		Awaitility.await("the group has the rename").until(() -> group.appliedUntil().block() == 100);
		assertThat(members.storeUntil().block()).isZero();
		assertThat(members.storeUntil().block()).as("the reconciler lags").isZero();
		watermarks
			.advance("feed.reconciler", List.of(new Watermark(Activities.TOPIC, 0, 1, this.clock.millis() + 60_000)))
			.block();
		Awaitility.await("the reconciler has arrived").until(() -> members.storeUntil().block() == 100);
	}

	@Test
	void everyReadThatMayShowAFriendshipWaitsForFollows() {
		FeedSources sources = new FeedSources(new Watermarks(mongo.database("reads")),
				new WatermarkSweep(this.clock, Duration.ofSeconds(3), (topic, time) -> Mono.empty()));
		FollowProjection projection = new FollowProjection(this.store);
		SourceProgress follows = sources.followProgress(projection,
				new Friendships(projection, this.activities, new Authors(TestProjections.members(this.store))));
		assertThat(List.of("/feed", "/feed/members/a", "/posts/a")).allMatch(follows::isReadBy);
		assertThat(List.of("/live", "/feed/jobs", "/feed/jobs/a", "/feed/jobs/a/events", "/feed/exports/a"))
			.noneMatch(follows::isReadBy);
		assertThat(follows.copiesUntil().block()).isZero();
		assertThat(follows.storeUntil().block()).isZero();
	}

}
