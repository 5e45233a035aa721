package dev.agora.product.recount;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Claim;
import dev.agora.platform.schedule.LeasedSchedules;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.product.catalog.Product;
import dev.agora.product.rating.Rating;
import dev.agora.product.rating.ReviewSummary;
import dev.agora.product.rating.TopReview;
import dev.agora.product.recount.RecountRequests.Request;
import dev.agora.product.review.Reviewer;

import static org.assertj.core.api.Assertions.assertThat;

class RecountStoreTests {

	private static final RecountSettings LONG_PAUSES = new RecountSettings(Duration.ofMinutes(10), 10, 8);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private ReviewedProducts world;

	private String lamp = "";

	private Reviewer ann;

	private Reviewer ben;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.world = new ReviewedProducts(mongo.database("recount" + databases++));
		this.lamp = this.world.publish();
		this.ann = this.world.member();
		this.ben = this.world.member();
	}

	@Test
	void showsRatingAndNewestReviewsWithText() {
		this.world.write(this.lamp, this.ann, 5, "Bright.");
		this.world.write(this.lamp, this.ben, 2, null);
		recount();
		ReviewSummary summary = this.world.summary(this.lamp);
		assertThat(summary.rating()).isEqualTo(new Rating(3.5, 2, List.of(0L, 1L, 0L, 0L, 1L)));
		assertThat(summary.topReviews()).extracting(TopReview::text).containsExactly("Bright.");
		assertThat(summary.topReviews().get(0).author().id()).isEqualTo(this.ann.id());
		assertThat(this.world.requested()).isEmpty();
	}

	@Test
	void showsTheThreeNewestReviewsOnly() {
		List.of("a", "b", "c", "d", "e").forEach((text) -> this.world.write(this.lamp, this.world.member(), 4, text));
		recount();
		assertThat(this.world.summary(this.lamp).topReviews()).extracting(TopReview::text)
			.containsExactly("e", "d", "c");
	}

	@Test
	void raisesTheVersionButNotTheEdition() {
		this.world.write(this.lamp, this.ann, 5, null);
		recount();
		assertThat(this.world.products.find(this.lamp).block()).satisfies((product) -> {
			assertThat(product.version()).isEqualTo(2);
			assertThat(product.value().edition()).isEqualTo(1);
		});
		assertThat(TestMongoServer.events(this.world.store, this.lamp)).containsExactly("product.listed",
				"product.rated");
		recount();
		assertThat(this.world.products.find(this.lamp).block().version()).isEqualTo(2);
	}

	@Test
	void returnsToNoRatingWhenTheLastReviewIsDeleted() {
		this.world.write(this.lamp, this.ann, 5, "Bright.");
		recount();
		this.world.reviews.delete(this.lamp, this.ann.id(), Optional.empty()).block();
		recount();
		assertThat(this.world.summary(this.lamp)).isEqualTo(new ReviewSummary(Rating.NONE, List.of()));
	}

	@Test
	void neverReplacesANewerCountByAnOlderOne() {
		this.world.write(this.lamp, this.ann, 5, null);
		Claim<Product> slow = this.world.products.claim(this.lamp).block();
		ReviewSummary older = this.world.reviews.summarize(this.lamp).block();
		this.world.reviews.delete(this.lamp, this.ann.id(), Optional.empty()).block();
		// The newer count equals the summary of the product, so it writes nothing.
		recount();
		assertThat(this.world.products.rate(slow, older).block()).isFalse();
		assertThat(this.world.summary(this.lamp).rating()).isEqualTo(Rating.NONE);
	}

	@Test
	void keepsARequestThatCameDuringItsCount() {
		this.world.requests.add(this.lamp).block();
		Request first = this.world.requests.findAll().blockFirst();
		this.world.requests.add(this.lamp).block();
		this.world.recount.run(first).block();
		assertThat(this.world.requested()).containsExactly(this.lamp);
	}

	@Test
	void dropsTheRequestOfADelistedProduct() {
		this.world.delist(this.lamp);
		recount();
		assertThat(this.world.requested()).isEmpty();
		assertThat(this.world.products.find(this.lamp).block()).isNull();
	}

	@Test
	void aProductThatWasJustCountedDelaysNoOther() {
		RecountSweep sweep = new RecountSweep(this.world.requests, this.world.recount, LONG_PAUSES,
				new SimpleMeterRegistry(), new LeasedSchedules(this.world.store));
		this.world.requests.add(this.lamp).block();
		sweep.sweep().block();
		assertThat(this.world.requested()).isEmpty();
		String chair = this.world.publish();
		this.world.write(chair, this.ann, 4, null);
		this.world.requests.add(this.lamp).block();
		this.world.requests.add(chair).block();
		sweep.sweep().block();
		assertThat(this.world.summary(chair).rating().count()).isEqualTo(1);
		assertThat(this.world.requested()).containsExactly(this.lamp);
	}

	@Test
	void aCountThatFailsIsRepeatedAndStopsNoOther() {
		RecountSweep sweep = new RecountSweep(this.world.requests, this.world.recount,
				new RecountSettings(Duration.ofMillis(1), 0, 1), new SimpleMeterRegistry(),
				new LeasedSchedules(this.world.store));
		String chair = this.world.publish();
		this.world.requests.add(this.lamp).block();
		this.world.requests.add(chair).block();
		mongo.failNext("aggregate", "reviews");
		sweep.sweep().block();
		assertThat(this.world.requested()).hasSize(1);
		for (int i = 0; i < 1000 && !this.world.requested().isEmpty(); i++) {
			sweep.sweep().block();
		}
		assertThat(this.world.requested()).isEmpty();
	}

	private void recount() {
		this.world.requests.add(this.lamp).block();
		this.world.sweep().blockLast();
	}

}
