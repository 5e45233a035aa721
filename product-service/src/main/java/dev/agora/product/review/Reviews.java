package dev.agora.product.review;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Documents;
import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.Conflict;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.PreconditionFailed;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.product.rating.Rating;
import dev.agora.product.rating.ReviewSummary;
import dev.agora.product.rating.TopReview;

/**
 * The system of record of reviews.
 * <p>
 * Shard key: {@code _id}, product and author, by range. All reviews of a product are in
 * one range of ids, so a list of them goes to the shards of that range. Only the reviews
 * of an author, which no request reads, are queried on all shards, by an index.
 */
public final class Reviews {

	/** The topic of the events of reviews. */
	public static final String TOPIC = "product.reviews.v1";

	private static final String PRODUCT = "value.product";

	private static final String SERIAL = "value.opinion.serial";

	private static final String STARS = "value.opinion.stars";

	private static final String WITH_TEXT = "value.opinion.withText";

	private static final String AUTHOR = "value.author.id";

	private final Documents<Review> documents;

	private final Clock clock;

	public Reviews(DocumentStore store, Clock clock) {
		this.documents = store.trackedDocuments("reviews", Review.class, TOPIC)
			.indexed(Indexes.compoundIndex(Indexes.ascending(PRODUCT), Indexes.descending(SERIAL)),
					// Covers the count by stars.
					Indexes.ascending(PRODUCT, STARS, "_id"),
					Indexes.compoundIndex(Indexes.ascending(PRODUCT, WITH_TEXT), Indexes.descending(SERIAL)),
					Indexes.compoundIndex(Indexes.ascending(AUTHOR), Indexes.descending("_id")));
		this.clock = clock;
	}

	/**
	 * Writes a member's review of a product, in place of their earlier one.
	 * @param review the review
	 * @param item its product
	 * @param expected the versions that the request may replace, empty for any
	 * @return the stored review, also if the request changed nothing
	 * @throws PreconditionFailed if the current version is none of these
	 * @throws NotFound if the product was delisted since
	 */
	public Mono<Stored<Review>> write(Review review, ReviewedItem item, Optional<IfMatch> expected) {
		String id = Review.id(review.product(), review.author().id());
		Mono<Stored<Review>> replacement = this.documents.change(id, (current) -> {
			requireExpected(current, review, expected);
			return current.value().rewrite(review, item);
		});
		if (expected.isPresent()) {
			return replacement.onErrorMap(NotFound.class, (none) -> PreconditionFailed.failed(IfMatch.HEADER));
		}
		// A creation is tried first, since nearly every review is the first one of its
		// author.
		return this.documents.create(id, review.write(item), Optional.empty())
			.onErrorResume(Conflict.class, (notTheFirst) -> replacement)
			// A concurrent request of the same millisecond may have created it.
			.flatMap((stored) -> stored.value().says(review) ? Mono.just(stored) : replacement)
			.onErrorMap(NotFound.class, (removed) -> NotFound.of("product", review.product()));
	}

	/**
	 * Deletes a member's review of a product; a deleted review does not change.
	 * @return false if the member never wrote one
	 * @throws PreconditionFailed if the current version is none of the expected ones
	 */
	public Mono<Boolean> delete(String product, String member, Optional<IfMatch> expected) {
		String id = Review.id(product, member);
		return this.documents.change(id, (current) -> delete(current, expected))
			.thenReturn(true)
			.onErrorResume(NotFound.class, (none) -> this.documents.isUsed(id));
	}

	/** Lists a page of the reviews of a product, newest first. */
	public Mono<Page<Stored<Review>>> list(String product, PageRequest page) {
		Bson written = Filters.and(ofProduct(product),
				(page.cursor() != null) ? Filters.lt(SERIAL, page.cursor()) : Filters.exists(SERIAL));
		return this.documents.list(written, Sorts.descending(SERIAL), page.limit() + 1)
			.collectList()
			.map((read) -> Page.cut(read, page, Reviews::serial));
	}

	/** Counts the reviews of a product, and reads the newest ones with a text. */
	public Mono<ReviewSummary> summarize(String product) {
		Mono<Rating> rating = this.documents.tallies()
			.countBy(STARS, Filters.and(ofProduct(product), Filters.gte(STARS, 1)))
			.map(Reviews::toRating);
		Bson withText = Filters.and(ofProduct(product), Filters.eq(WITH_TEXT, true));
		Mono<List<TopReview>> top = this.documents.list(withText, Sorts.descending(SERIAL), TopReview.MAX)
			.map((stored) -> ReviewView.of(stored).toTopReview())
			.collectList();
		return rating.zipWith(top, ReviewSummary::new);
	}

	/**
	 * Changes a review if it still exists.
	 * @param decision maps the state to a change; must be pure
	 */
	public Mono<Void> changeIfPresent(String id, Function<Review, Change<Review>> decision) {
		return this.documents.change(id, (current) -> decision.apply(current.value()))
			.onErrorResume(NotFound.class, (removed) -> Mono.empty())
			.then();
	}

	/** Removes a review together with its author or its product, if it still exists. */
	public Mono<Void> remove(String id) {
		return changeIfPresent(id, (review) -> review.remove(now()));
	}

	/**
	 * Finds the ids of the reviews that show an older version of their author than this.
	 * They are read on demand, so there may be many.
	 */
	public Flux<String> idsWithAuthorBefore(String authorId, long version) {
		return ids(Filters.and(Filters.eq(AUTHOR, authorId), Filters.lt("value.author.version", version)));
	}

	/** Finds the ids of all reviews of a product. They are read on demand. */
	public Flux<String> idsOf(String product) {
		return ids(ofProduct(product));
	}

	/** Reads all reviews of an author, also deleted ones. They are read on demand. */
	public Flux<Stored<Review>> scanOf(String authorId) {
		return this.documents.scan(Filters.eq(AUTHOR, authorId), Sorts.descending("_id"));
	}

	private Flux<String> ids(Bson filter) {
		return this.documents.scan(filter, Sorts.descending("_id")).map(Stored::id);
	}

	private Change<Review> delete(Stored<Review> current, Optional<IfMatch> expected) {
		if (current.value().opinion() != null) {
			expected.ifPresent((versions) -> versions.require(current.version()));
		}
		return current.value().delete(now());
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * Requires a version that the request may replace. A repeated request succeeds,
	 * although its first attempt has raised the version.
	 */
	private static void requireExpected(Stored<Review> current, Review newer, Optional<IfMatch> expected) {
		if (!current.value().says(newer)) {
			expected.ifPresent((versions) -> requireMatch(current, versions));
		}
	}

	private static void requireMatch(Stored<Review> current, IfMatch versions) {
		if (current.value().opinion() == null) {
			throw PreconditionFailed.failed(IfMatch.HEADER);
		}
		versions.require(current.version());
	}

	/** Selects the reviews of a product, by the range of their ids and by an index. */
	private static Bson ofProduct(String product) {
		BsonDocument ids = new BsonDocument("$gte", new BsonString(Review.id(product, ""))).append("$lt",
				new BsonString(product + ";"));
		return new BsonDocument("_id", ids).append(PRODUCT, new BsonString(product));
	}

	private static Rating toRating(Map<Integer, Long> counts) {
		return Rating.of(IntStream.rangeClosed(1, Rating.MAX_STARS)
			.mapToObj((stars) -> counts.getOrDefault(stars, 0L))
			.toList());
	}

	private static String serial(Stored<Review> stored) {
		return Objects.requireNonNull(stored.value().opinion(), "The review is deleted.").serial();
	}

}
