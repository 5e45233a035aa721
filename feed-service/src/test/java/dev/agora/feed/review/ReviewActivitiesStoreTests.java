package dev.agora.feed.review;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import dev.agora.feed.TestActivities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestEvents;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;

import static org.assertj.core.api.Assertions.assertThat;

/** Writes, edits and deletes a review, with its events in every order. */
class ReviewActivitiesStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestActivities world = new TestActivities(mongo);

	private final Author ann = this.world.member("Ann");

	private final String lamp = this.world.ids.next();

	private final String first = this.world.ids.next();

	private final String second = this.world.ids.next();

	private final ReviewActivities reviews = new ReviewActivities(this.world.sources, this.world.products,
			this.world.authors);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void publishesAReviewOfAProductThatIsNotKnownYet() {
		write(1, this.first, 4, "Bright.");
		ActivityView review = only();
		assertThat(review.verb()).isEqualTo(Activity.REVIEWED);
		assertThat(review.id()).isEqualTo(this.first);
		assertThat(review.at()).isEqualTo(IdGenerator.createdAt(this.first));
		assertThat(review.stars()).isEqualTo(4);
		assertThat(review.text()).isEqualTo("Bright.");
		assertThat(review.product().title()).isEqualTo("A lamp");
	}

	@Test
	void changesAnEditedReviewWhereItIs() {
		write(1, this.first, 4, "Bright.");
		write(2, this.first, 2, null);
		write(1, this.first, 4, "Bright.");
		assertThat(only().id()).isEqualTo(this.first);
		assertThat(only().stars()).isEqualTo(2);
		assertThat(only().text()).isNull();
		assertThat(TestMongoServer.events(this.world.store, this.first)).containsExactly("activity.published",
				"activity.review-edited");
	}

	@Test
	void showsTheEditThatCameBeforeTheCreation() {
		write(2, this.first, 2, null);
		write(1, this.first, 4, "Bright.");
		assertThat(only().id()).isEqualTo(this.first);
		assertThat(only().stars()).isEqualTo(2);
	}

	@Test
	void hasAppliedAReviewOnceItsActivityShowsIt() {
		write(1, this.first, 4, "Bright.");
		assertThat(hasApplied(1)).isTrue();
		assertThat(hasApplied(2)).isFalse();
		write(2, this.first, 2, null);
		assertThat(hasApplied(2)).isTrue();
		delete(3);
		assertThat(hasApplied(3)).isTrue();
		assertThat(hasApplied(4)).isFalse();
	}

	@Test
	void removesADeletedReviewForGood() {
		write(1, this.first, 4, null);
		delete(2);
		write(1, this.first, 4, null);
		delete(2);
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void publishesNoReviewWhoseDeletionCameFirst() {
		delete(2);
		write(1, this.first, 4, null);
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	@Test
	void publishesAReviewThatIsWrittenAgainAsANewActivity() {
		write(1, this.first, 4, null);
		write(3, this.second, 5, null);
		delete(2);
		write(1, this.first, 4, null);
		assertThat(only().id()).isEqualTo(this.second);
	}

	@Test
	void publishesNoReviewOfADelistedProduct() {
		write(1, this.first, 4, null);
		this.world.delist(this.lamp);
		write(1, this.first, 4, null);
		write(2, this.first, 5, null);
		assertThat(this.world.listOf(this.ann)).isEmpty();
		assertThat(hasApplied(2)).as("no read waits for it").isTrue();
	}

	@Test
	void publishesNoReviewOfADeletedMember() {
		TestProjections.deleteMember(this.world.store, this.ann.id(), 2).block();
		write(1, this.first, 4, null);
		assertThat(this.world.listOf(this.ann)).isEmpty();
		assertThat(hasApplied(1)).isTrue();
	}

	@Test
	void ignoresAnEventFromBeforeActivitiesOfReviews() {
		apply(1, new ReviewEvent.Written(this.lamp, this.ann, 4, null, null, null));
		assertThat(this.world.listOf(this.ann)).isEmpty();
	}

	private ActivityView only() {
		List<ActivityView> list = this.world.listOf(this.ann);
		assertThat(list).hasSize(1);
		return list.get(0);
	}

	private boolean hasApplied(long version) {
		return Boolean.TRUE.equals(this.reviews.hasApplied(Map.of(this.lamp + ":" + this.ann.id(), version)).block());
	}

	private void write(long version, String serial, int stars, @Nullable String text) {
		apply(version, new ReviewEvent.Written(this.lamp, this.ann, stars, text, serial,
				new ReviewEvent.Item("A lamp", TestActivities.euros("20"), 1)));
	}

	private void delete(long version) {
		apply(version, new ReviewEvent.Deleted(this.lamp, this.ann.id()));
	}

	private void apply(long version, ReviewEvent event) {
		this.reviews
			.apply(TestEvents.received(this.lamp + ":" + this.ann.id(), version, TestActivities.AT.plusSeconds(version),
					event))
			.block();
	}

}
