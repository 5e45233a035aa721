package dev.agora.feed.activity;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.Forbidden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ActivityTests {

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");

	private static final Author ANN = new Author("0SAX3JKRPM3GA", "ann", "Ann", 3);

	private static final ActivityProduct LAMP = new ActivityProduct("0SAX3JKRPM3GB", "A lamp",
			new Price(new BigDecimal("12.50"), "EUR"), 2);

	@Test
	void publishesAPost() {
		Change<Activity> change = Activity.post(ANN, "Look", LAMP, AT);
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, ANN, "Look", LAMP, null, null, null, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.Published(ANN.id(), "posted", LAMP.id(), null, AT));
	}

	@Test
	void publishesAListingAsAnActivityOfItsSeller() {
		Change<Activity> change = Activity.listing(ANN, LAMP, AT);
		assertThat(change.next()).isEqualTo(new Activity(Activity.LISTED, ANN, null, LAMP, null, null, null, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.Published(ANN.id(), "listed", LAMP.id(), null, AT));
	}

	@Test
	void isDeletedByItsAuthor() {
		Change<Activity> change = post().deleteBy(ANN.id(), AT.plusSeconds(1));
		assertThat(change.next()).isNull();
		assertThat(change.event()).isEqualTo(new ActivityEvent.Deleted(ANN.id(), AT.plusSeconds(1)));
	}

	@Test
	void hasNoProductInItsEventIfItIsAboutNone() {
		assertThat(Activity.post(ANN, "Look", null, AT).event())
			.isEqualTo(new ActivityEvent.Published(ANN.id(), "posted", null, null, AT));
	}

	@Test
	void replacesItsAuthorOnlyByANewerVersion() {
		Author anna = new Author(ANN.id(), "ann", "Anna", 4);
		Change<Activity> change = post().withAuthor(anna);
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, anna, "Look", null, null, null, null, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.AuthorRenamed(ANN.id(), "Anna"));
		assertThat(post().withAuthor(new Author(ANN.id(), "ann", "An", 3))).isEqualTo(Change.none(post()));
	}

	@Test
	void replacesItsProductOnlyByANewerVersion() {
		Activity about = Objects.requireNonNull(Activity.post(ANN, "Look", LAMP, AT).next());
		ActivityProduct cheaper = new ActivityProduct(LAMP.id(), "A lamp", new Price(BigDecimal.TEN, "EUR"), 3);
		Change<Activity> change = about.withProduct(cheaper);
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, ANN, "Look", cheaper, null, null, null, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.ProductChanged(ANN.id(), LAMP.id()));
		Activity newest = Objects.requireNonNull(change.next());
		assertThat(newest.withProduct(LAMP)).isEqualTo(Change.none(newest));
		assertThat(newest.withProduct(cheaper)).isEqualTo(Change.none(newest));
	}

	@Test
	void aReductionKeepsItsPriceUnderANewTitle() {
		Activity reduction = Objects
			.requireNonNull(Activity.reduction(ANN, LAMP, new Price(new BigDecimal("20"), "EUR"), AT).next());
		Price higher = new Price(new BigDecimal("99"), "EUR");
		Activity changed = reduction.withProduct(new ActivityProduct(LAMP.id(), "A red lamp", higher, 3)).next();
		assertThat(Objects.requireNonNull(changed).product())
			.isEqualTo(new ActivityProduct(LAMP.id(), "A red lamp", LAMP.price(), 3));
	}

	@Test
	void ignoresAChangeOfAProductThatItIsNotAbout() {
		ActivityProduct chair = new ActivityProduct("0SAX3JKRPM3GZ", "A chair", LAMP.price(), 9);
		Activity about = Objects.requireNonNull(Activity.post(ANN, "Look", LAMP, AT).next());
		assertThat(about.withProduct(chair)).isEqualTo(Change.none(about));
		assertThat(post().withProduct(LAMP)).isEqualTo(Change.none(post()));
	}

	@Test
	void remainsWithoutItsDelistedProduct() {
		Activity about = Objects.requireNonNull(Activity.post(ANN, "Look", LAMP, AT).next());
		Change<Activity> change = about.withoutProduct(LAMP.id(), AT);
		assertThat(change.next()).isEqualTo(post());
		assertThat(change.event()).isEqualTo(new ActivityEvent.ProductDelisted(ANN.id(), LAMP.id()));
		assertThat(about.withoutProduct("0SAX3JKRPM3GZ", AT)).isEqualTo(Change.none(about));
		assertThat(post().withoutProduct(LAMP.id(), AT)).isEqualTo(Change.none(post()));
	}

	@Test
	void isRemovedWithTheProductThatItLists() {
		Activity listing = Objects.requireNonNull(Activity.listing(ANN, LAMP, AT).next());
		assertThat(listing.withoutProduct(LAMP.id(), AT.plusSeconds(1))).isEqualTo(listing.remove(AT.plusSeconds(1)));
	}

	@Test
	void everyOtherActivityIsRemovedWithItsProduct() {
		Activity reduction = Objects
			.requireNonNull(Activity.reduction(ANN, LAMP, new Price(new BigDecimal("20"), "EUR"), AT).next());
		Activity review = Objects.requireNonNull(Activity.review(ANN, LAMP, new ActivityReview(4, null, 1), AT).next());
		assertThat(reduction.withoutProduct(LAMP.id(), AT)).isEqualTo(reduction.remove(AT));
		assertThat(review.withoutProduct(LAMP.id(), AT)).isEqualTo(review.remove(AT));
	}

	@Test
	void replacesItsReviewOnlyByANewerVersion() {
		Activity review = Objects
			.requireNonNull(Activity.review(ANN, LAMP, new ActivityReview(4, "Bright.", 2), AT).next());
		ActivityReview edited = new ActivityReview(2, null, 3);
		Change<Activity> change = review.withReview(edited);
		assertThat(Objects.requireNonNull(change.next()).review()).isEqualTo(edited);
		assertThat(change.event()).isEqualTo(new ActivityEvent.ReviewEdited(ANN.id(), 2));
		assertThat(review.withReview(new ActivityReview(1, null, 2))).isEqualTo(Change.none(review));
		assertThat(post().withReview(edited)).isEqualTo(Change.none(post()));
	}

	@Test
	void replacesItsFriendOnlyByANewerVersion() {
		Author bob = new Author("0SAX3JKRPM3GD", "bob", "Bob", 1);
		Activity friendship = Objects.requireNonNull(Activity.friendship(ANN, bob, AT).next());
		Author bobby = new Author(bob.id(), "bob", "Bobby", 2);
		Change<Activity> change = friendship.withFriend(bobby);
		assertThat(Objects.requireNonNull(change.next()).friend()).isEqualTo(bobby);
		assertThat(change.event()).isEqualTo(new ActivityEvent.FriendRenamed(ANN.id(), bob.id()));
		assertThat(friendship.withFriend(bob)).isEqualTo(Change.none(friendship));
		assertThat(post().withFriend(bobby)).isEqualTo(Change.none(post()));
	}

	@Test
	void refusesADeletionByAnotherMember() {
		assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> post().deleteBy("0SAX3JKRPM3GC", AT));
	}

	@Test
	void refusesTheDeletionOfAListing() {
		Activity listing = Objects.requireNonNull(Activity.listing(ANN, LAMP, AT).next());
		assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> listing.deleteBy(ANN.id(), AT));
	}

	private static Activity post() {
		return Objects.requireNonNull(Activity.post(ANN, "Look", null, AT).next());
	}

}
