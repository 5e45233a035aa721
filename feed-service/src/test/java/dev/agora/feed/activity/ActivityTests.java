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

	private static final ProductCard LAMP = new ProductCard("0SAX3JKRPM3GB", "A lamp",
			new Price(new BigDecimal("12.50"), "EUR"));

	@Test
	void postingIsPublished() {
		Change<Activity> change = Activity.post(ANN, "Look", LAMP, AT);
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, ANN, "Look", LAMP, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.Published(ANN.id(), "posted", LAMP.id(), AT));
	}

	@Test
	void listingIsPublishedAsTheSellersDeed() {
		Change<Activity> change = Activity.list(ANN, LAMP, AT);
		assertThat(change.next()).isEqualTo(new Activity(Activity.LISTED, ANN, null, LAMP, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.Published(ANN.id(), "listed", LAMP.id(), AT));
	}

	@Test
	void itsAuthorDeletesAPost() {
		Change<Activity> change = post().deleteBy(ANN.id(), AT.plusSeconds(1));
		assertThat(change.next()).isNull();
		assertThat(change.event()).isEqualTo(new ActivityEvent.Deleted(ANN.id(), AT.plusSeconds(1)));
	}

	@Test
	void tellsNoProductWhereItIsAboutNone() {
		assertThat(Activity.post(ANN, "Look", null, AT).event())
			.isEqualTo(new ActivityEvent.Published(ANN.id(), "posted", null, AT));
	}

	@Test
	void showsItsAuthorAsOfTheNewestVersion() {
		Author anna = new Author(ANN.id(), "ann", "Anna", 4);
		Change<Activity> change = post().by(anna);
		assertThat(change.next()).isEqualTo(new Activity(Activity.POSTED, anna, "Look", null, AT));
		assertThat(change.event()).isEqualTo(new ActivityEvent.AuthorRenamed(ANN.id(), "Anna"));
		assertThat(post().by(new Author(ANN.id(), "ann", "An", 3))).isEqualTo(Change.none(post()));
	}

	@Test
	void goesOnWithoutItsProduct() {
		Activity about = Objects.requireNonNull(Activity.post(ANN, "Look", LAMP, AT).next());
		Change<Activity> change = about.without(LAMP.id(), AT);
		assertThat(change.next()).isEqualTo(post());
		assertThat(change.event()).isEqualTo(new ActivityEvent.ProductDelisted(ANN.id(), LAMP.id()));
		assertThat(about.without("0SAX3JKRPM3GZ", AT)).isEqualTo(Change.none(about));
		assertThat(post().without(LAMP.id(), AT)).isEqualTo(Change.none(post()));
	}

	@Test
	void endsWithTheProductThatItLists() {
		Activity listing = Objects.requireNonNull(Activity.list(ANN, LAMP, AT).next());
		assertThat(listing.without(LAMP.id(), AT.plusSeconds(1))).isEqualTo(listing.withdraw(AT.plusSeconds(1)));
	}

	@Test
	void refusesDeletionByAnother() {
		assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> post().deleteBy("0SAX3JKRPM3GC", AT));
	}

	@Test
	void refusesDeletionOfAListing() {
		Activity listing = Objects.requireNonNull(Activity.list(ANN, LAMP, AT).next());
		assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> listing.deleteBy(ANN.id(), AT));
	}

	private static Activity post() {
		return Objects.requireNonNull(Activity.post(ANN, "Look", null, AT).next());
	}

}
