package dev.agora.product.review;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.PreconditionFailed;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.product.catalog.Price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReviewsStoreTests {

	private static final ReviewedItem ITEM = new ReviewedItem("Lamp", Price.of(BigDecimal.ONE, "EUR"), 1);

	private static final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final String lamp = this.ids.next();

	private final Reviewer ann = reviewer("ann");

	private final Reviewer ben = reviewer("ben");

	private DocumentStore store;

	private Reviews reviews;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.store = mongo.store();
		this.reviews = new Reviews(this.store, Clock.systemUTC());
		this.store.migrate().block();
	}

	@Test
	void publishesEachChangeOnce() {
		write(this.ann, 4, "Bright.");
		write(this.ann, 4, "Bright.");
		write(this.ann, 3, "Bright.");
		delete(this.ann);
		delete(this.ann);
		assertThat(events(this.ann)).containsExactly("review.written", "review.written", "review.deleted");
		assertThat(list()).isEmpty();
	}

	@Test
	void continuesTheVersionsOfADeletedReview() {
		write(this.ann, 4, null);
		delete(this.ann);
		Stored<Review> again = write(this.ann, 4, null);
		assertThat(again.version()).isEqualTo(3);
		assertThat(list()).containsExactly(again);
	}

	@Test
	void keepsTheTimeOfCreationWhenAReviewIsEdited() {
		Stored<Review> first = write(this.ann, 4, null);
		write(this.ben, 5, null);
		Stored<Review> edited = write(this.ann, 1, "Broken.");
		assertThat(edited.value().opinion().serial()).isEqualTo(first.value().opinion().serial());
		assertThat(list()).map((review) -> review.value().author()).containsExactly(this.ben, this.ann);
		delete(this.ann);
		write(this.ann, 2, null);
		assertThat(list()).map((review) -> review.value().author()).containsExactly(this.ann, this.ben);
	}

	@Test
	void listsEachReviewOnceWhileOthersAreAddedAndEdited() {
		List<Reviewer> authors = IntStream.range(0, 5).mapToObj((number) -> reviewer("member" + number)).toList();
		authors.forEach((author) -> write(author, 3, null));
		Page<Stored<Review>> first = this.reviews.list(this.lamp, new PageRequest(2, null)).block();
		write(this.ann, 5, null);
		write(authors.get(0), 1, "Edited.");
		Page<Stored<Review>> rest = this.reviews.list(this.lamp, new PageRequest(100, first.next())).block();
		assertThat(Stream.of(first, rest).flatMap((page) -> page.items().stream()))
			.map((review) -> review.value().author())
			.containsExactly(authors.get(4), authors.get(3), authors.get(2), authors.get(1), authors.get(0));
		assertThat(rest.next()).isNull();
	}

	@Test
	void listsEachReviewOnceOnPagesOfOne() {
		List<Reviewer> authors = IntStream.range(0, 4).mapToObj((number) -> reviewer("member" + number)).toList();
		authors.forEach((author) -> write(author, 3, null));
		List<String> listed = new ArrayList<>();
		Page<Stored<Review>> page;
		String cursor = null;
		do {
			page = this.reviews.list(this.lamp, new PageRequest(1, cursor)).block();
			page.items().forEach((review) -> listed.add(review.value().author().id()));
			cursor = page.next();
		}
		while (cursor != null);
		assertThat(listed).containsExactly(authors.get(3).id(), authors.get(2).id(), authors.get(1).id(),
				authors.get(0).id());
	}

	@Test
	void listsTheReviewsOfOneProductOnly() {
		String other = this.ids.next();
		this.reviews.write(review(other, this.ann, 5, null), ITEM, Optional.empty()).block();
		write(this.ben, 3, null);
		assertThat(list()).map((review) -> review.value().author()).containsExactly(this.ben);
	}

	@Test
	void losesNoReviewOfTwoInTheSameMillisecond() {
		Clock stopped = Clock.fixed(Instant.now(), ZoneOffset.UTC);
		DocumentStore instant = new DocumentStore(mongo.database("instant"), JsonMapper.shared(), stopped);
		this.reviews = new Reviews(instant, stopped);
		write(this.ann, 5, null);
		assertThat(write(this.ann, 1, null).value().opinion().stars()).isEqualTo(1);
		assertThat(list()).map((review) -> review.value().opinion().stars()).containsExactly(1);
	}

	@Test
	void keepsOneReviewOfManyConcurrentOnes() {
		Flux.range(0, 50)
			.flatMap((number) -> this.reviews.write(review(this.lamp, this.ann, number % 5 + 1, "No. " + number), ITEM,
					Optional.empty()), 50)
			.blockLast();
		assertThat(list()).hasSize(1);
		assertThat(list().get(0).version()).isEqualTo(50);
	}

	@Test
	void replacesOnlyTheExpectedVersion() {
		assertRefused("\"1\"", 4);
		Stored<Review> first = write(this.ann, 4, null);
		write(this.ann, 5, null);
		assertRefused("\"" + first.version() + "\"", 3);
		assertRefused("W/\"2\"", 3);
		assertThat(writeIf("\"2\"", 3).version()).isEqualTo(3);
		// A repeated request succeeds.
		assertThat(writeIf("\"2\"", 3).version()).isEqualTo(3);
		delete(this.ann);
		assertRefused("\"4\"", 3);
		assertRefused("*", 3);
	}

	@Test
	void deletesOnlyTheExpectedVersion() {
		write(this.ann, 4, null);
		assertThatExceptionOfType(PreconditionFailed.class).isThrownBy(() -> deleteIf("\"2\""));
		assertThat(deleteIf("\"1\"")).isTrue();
		assertThat(deleteIf("\"1\"")).isTrue();
	}

	@Test
	void findsNoReviewThatWasNeverWritten() {
		assertThat(this.reviews.delete(this.lamp, this.ann.id(), Optional.empty()).block()).isFalse();
	}

	private void assertRefused(String tag, int stars) {
		assertThatExceptionOfType(PreconditionFailed.class).isThrownBy(() -> writeIf(tag, stars));
	}

	private Stored<Review> writeIf(String tag, int stars) {
		return this.reviews.write(review(this.lamp, this.ann, stars, null), ITEM, IfMatch.parse(tag)).block();
	}

	private boolean deleteIf(String tag) {
		return this.reviews.delete(this.lamp, this.ann.id(), IfMatch.parse(tag)).block();
	}

	private Stored<Review> write(Reviewer author, int stars, @Nullable String text) {
		return this.reviews.write(review(this.lamp, author, stars, text), ITEM, Optional.empty()).block();
	}

	private void delete(Reviewer author) {
		this.reviews.delete(this.lamp, author.id(), Optional.empty()).block();
	}

	private List<Stored<Review>> list() {
		return this.reviews.list(this.lamp, new PageRequest(100, null)).block().items();
	}

	private List<String> events(Reviewer author) {
		return TestMongoServer.events(this.store, Review.id(this.lamp, author.id()));
	}

	private Review review(String product, Reviewer author, int stars, @Nullable String text) {
		return new NewReview(stars, text).toReview(product, author, this.ids.next());
	}

	private Reviewer reviewer(String handle) {
		return new Reviewer(this.ids.next(), handle, handle, 1);
	}

}
