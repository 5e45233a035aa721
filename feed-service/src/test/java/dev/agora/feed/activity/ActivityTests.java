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
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, ANN, "Look", LAMP, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.Published(ANN.id(), "posted", LAMP.id(), AT));
	}

	@Test
	void publishesAListingAsAnActivityOfItsSeller() {
		Change<Activity> change = Activity.listing(ANN, LAMP, AT);
		assertThat(change.next()).isEqualTo(new Activity(Activity.LISTED, ANN, null, LAMP, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.Published(ANN.id(), "listed", LAMP.id(), AT));
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
			.isEqualTo(new ActivityEvent.Published(ANN.id(), "posted", null, AT));
	}

	@Test
	void replacesItsAuthorOnlyByANewerVersion() {
		Author anna = new Author(ANN.id(), "ann", "Anna", 4);
		Change<Activity> change = post().withAuthor(anna);
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, anna, "Look", null, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.AuthorRenamed(ANN.id(), "Anna"));
		assertThat(post().withAuthor(new Author(ANN.id(), "ann", "An", 3))).isEqualTo(Change.none(post()));
	}

	@Test
	void replacesItsProductOnlyByANewerVersion() {
		Activity about = Objects.requireNonNull(Activity.post(ANN, "Look", LAMP, AT).next());
		ActivityProduct cheaper = new ActivityProduct(LAMP.id(), "A lamp", new Price(BigDecimal.TEN, "EUR"), 3);
		Change<Activity> change = about.withProduct(cheaper);
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, ANN, "Look", cheaper, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.ProductChanged(ANN.id(), LAMP.id()));
		Activity newest = Objects.requireNonNull(change.next());
		assertThat(newest.withProduct(LAMP)).isEqualTo(Change.none(newest));
		assertThat(newest.withProduct(cheaper)).isEqualTo(Change.none(newest));
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
