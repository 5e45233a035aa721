package dev.agora.feed.review;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.ActivityReview;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.Source;
import dev.agora.feed.activity.SourceActivities;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Publishes a review as an activity of its author, at the time of its creation. An edit
 * changes the activity where it is; a deletion removes it. A review that is written again
 * after its deletion is a new activity.
 */
public final class ReviewActivities {

	private final SourceActivities sources;

	private final ProductProjection products;

	private final Authors authors;

	public ReviewActivities(SourceActivities sources, ProductProjection products, Authors authors) {
		this.sources = sources;
		this.products = products;
		this.authors = authors;
	}

	/** The types of the events of reviews that the feed applies. */
	public static String[] eventTypes() {
		return EventTypes.of(ReviewEvent.class).names();
	}

	/**
	 * Whether the activities are in line with these versions of reviews or later ones.
	 * @param versions the versions by the ids of the reviews
	 */
	public Mono<Boolean> hasApplied(Map<String, Long> versions) {
		return this.sources.hasVersions(versions.entrySet()
			.stream()
			.collect(Collectors.toMap((review) -> keyOf(review.getKey()), Map.Entry::getValue)));
	}

	Mono<Void> apply(ReceivedEvent<ReviewEvent> received) {
		Source source = new Source(keyOf(received.id()), received.version());
		if (received.event() instanceof ReviewEvent.Written written) {
			@Nullable String serial = written.serial();
			ReviewEvent.@Nullable Item item = written.item();
			// Events from before activities of reviews lack both.
			return (serial != null && item != null)
					? publish(source, serial, written, item.toProduct(written.product()))
					: this.sources.withdraw(source);
		}
		return this.sources.withdraw(source);
	}

	/**
	 * If there is nothing to publish, the version is recorded, since reads wait for it.
	 */
	private Mono<Void> publish(Source source, String id, ReviewEvent.Written written, ActivityProduct product) {
		ActivityReview review = new ActivityReview(written.stars(), written.text(), source.version());
		return this.products.isDelisted(product.id())
			.filter((delisted) -> !delisted)
			.flatMap((listed) -> this.authors.findNewest(written.author()))
			.map((author) -> Activity.review(author, product, review, IdGenerator.createdAt(id)))
			.map((activity) -> this.sources.publishOrChange(source, id, activity,
					(current) -> current.withReview(review)))
			.defaultIfEmpty(this.sources.withdraw(source))
			.flatMap(Function.identity());
	}

	private static String keyOf(String review) {
		return "review:" + review;
	}

}
