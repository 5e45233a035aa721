package dev.agora.product.recount;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.document.Stored;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.product.rating.TopReview;
import dev.agora.product.review.Opinion;
import dev.agora.product.review.Review;
import dev.agora.product.review.Reviewer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many members write, edit and delete reviews, while events arrive twice and in any order
 * and three instances count. At rest each summary equals a plain computation.
 */
class RecountModelTests {

	private static final int PRODUCTS = 3;

	private static final int MEMBERS = 12;

	private static final int STEPS = 40;

	private static final int INSTANCES = 3;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final Map<String, Stored<Review>> model = new ConcurrentHashMap<>();

	private final List<String> events = new ArrayList<>();

	private final AtomicBoolean writing = new AtomicBoolean(true);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void theSummaryEqualsTheReviewsAtRest(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		ReviewedProducts world = new ReviewedProducts(mongo.database("model" + seed));
		List<String> products = IntStream.range(0, PRODUCTS).mapToObj((number) -> world.publish()).toList();
		Mono<Void> writes = Flux.range(0, MEMBERS)
			.flatMap((number) -> actAs(world.member(), products, world, random.split())
				.subscribeOn(Schedulers.boundedElastic()))
			.doFinally((end) -> this.writing.set(false))
			.then();
		Mono<Void> counts = Flux.range(0, INSTANCES)
			.flatMap((number) -> deliverAndCount(world, random.split()).subscribeOn(Schedulers.boundedElastic()))
			.then();
		Mono.when(writes, counts).block(Duration.ofMinutes(2));
		Flux.fromIterable(this.events).flatMap(world.requests::add).blockLast();
		for (int i = 0; i < 1000 && !world.requested().isEmpty(); i++) {
			world.sweep().blockLast();
		}
		assertThat(world.requested()).isEmpty();
		assertThat(products).allSatisfy((product) -> assertSummary(world, product));
	}

	/** Lets a member change their reviews, one after the other. */
	private Mono<Void> actAs(Reviewer member, List<String> products, ReviewedProducts world, SplittableRandom random) {
		return Flux.range(0, STEPS).concatMap((step) -> {
			String product = products.get(random.nextInt(PRODUCTS));
			boolean delete = random.nextInt(4) == 0;
			return (delete ? delete(world, product, member) : write(world, product, member, random))
				.doOnTerminate(() -> publish(product));
		}).then();
	}

	private Mono<Void> write(ReviewedProducts world, String product, Reviewer member, SplittableRandom random) {
		String text = random.nextBoolean() ? "Text " + random.nextInt(3) : null;
		Review review = world.review(product, member, random.nextInt(5) + 1, text);
		return world.reviews.write(review, ReviewedProducts.ITEM, Optional.empty())
			.doOnNext((stored) -> this.model.put(stored.id(), stored))
			.then();
	}

	private Mono<Void> delete(ReviewedProducts world, String product, Reviewer member) {
		return world.reviews.delete(product, member.id(), Optional.empty())
			.doOnNext((existed) -> this.model.remove(Review.id(product, member.id())))
			.then();
	}

	private void publish(String product) {
		synchronized (this.events) {
			this.events.add(product);
		}
	}

	/** Delivers random events, some of them again, and counts, until all is written. */
	private Mono<Void> deliverAndCount(ReviewedProducts world, SplittableRandom random) {
		return Mono.defer(() -> Mono.justOrEmpty(next(random)).flatMap(world.requests::add))
			.thenMany(Flux.defer(world::sweep))
			.then()
			.repeat(this.writing::get)
			.then();
	}

	private Optional<String> next(SplittableRandom random) {
		synchronized (this.events) {
			if (this.events.isEmpty()) {
				return Optional.empty();
			}
			int index = random.nextInt(this.events.size());
			return Optional.of(random.nextInt(3) == 0 ? this.events.get(index) : this.events.remove(index));
		}
	}

	private void assertSummary(ReviewedProducts world, String product) {
		List<Stored<Review>> reviews = this.model.values()
			.stream()
			.filter((review) -> review.value().product().equals(product))
			.toList();
		List<Long> histogram = Stream.of(1, 2, 3, 4, 5)
			.map((stars) -> reviews.stream().filter((review) -> opinion(review).stars() == stars).count())
			.toList();
		List<String> newest = reviews.stream()
			.filter((review) -> opinion(review).text() != null)
			.sorted(Comparator.comparing((Stored<Review> review) -> opinion(review).serial()).reversed())
			.limit(3)
			.map((review) -> review.id() + " " + review.version())
			.toList();
		assertThat(world.summary(product).rating().histogram()).isEqualTo(histogram);
		assertThat(world.summary(product).rating().count()).isEqualTo(reviews.size());
		assertThat(world.summary(product).topReviews().stream().map(RecountModelTests::idAndVersion))
			.containsExactlyElementsOf(newest);
	}

	private static String idAndVersion(TopReview review) {
		return review.id() + " " + review.version();
	}

	private static Opinion opinion(Stored<Review> review) {
		return review.value().opinion();
	}

}
