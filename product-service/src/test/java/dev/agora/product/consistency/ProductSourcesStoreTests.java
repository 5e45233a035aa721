package dev.agora.product.consistency;

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

import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.watermark.Reader;
import dev.agora.platform.watermark.Watermark;
import dev.agora.platform.watermark.WatermarkSweep;
import dev.agora.platform.watermark.Watermarks;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;
import dev.agora.product.review.Reviews;
import dev.agora.product.seller.SellerProducts;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether products show the newest names, by versions and by watermarks. */
class ProductSourcesStoreTests {

	private static final String MEMBERS = "session.members.v1";

	private static final TestMongoServer mongo = new TestMongoServer();

	private final Clock clock = Clock.systemUTC();

	private final IdGenerator ids = new IdGenerator(this.clock);

	private final DocumentStore store = mongo.store();

	private final Products products = new Products(this.store, this.clock);

	private final Reconciler<MemberCard> reconciler = TestProjections.members(this.store)
		.reconciler(new SellerProducts(this.products, this.clock));

	private final Watermarks watermarks = new Watermarks(mongo.database("progress"));

	private final SourceProgress members = new ProductSources(this.watermarks,
			new WatermarkSweep(this.clock, Duration.ZERO, (topic, time) -> Mono.empty()))
		.memberProgress(this.reconciler);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void aNewNameIsAppliedOnceEachProductShowsIt() {
		String ann = this.ids.next();
		Product lamp = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 1, List.of(), Map.of(), null,
				new Seller(ann, "ann", "Ann", 1), 1);
		this.products.add(this.ids.next(), lamp.publish(Instant.EPOCH), Optional.empty()).block();
		MemberCard renamed = new MemberCard(ann, "ann", "Anna");
		TestProjections.upsertMember(this.store, renamed, 2).block();
		assertThat(this.members.isInStore(Map.of(ann, 2L)).block()).isFalse();
		this.reconciler.upsert(ann, 2, renamed).block();
		assertThat(this.members.isInStore(Map.of(ann, 2L)).block()).isTrue();
	}

	/** A product that was created with the older name has not been renamed yet. */
	@Test
	void theWatermarkOfMembersCountsOnceNewProductsAndReviewsAreReconciled() {
		Reader group = this.watermarks.reader("product.members", MEMBERS);
		advance("product.members", MEMBERS, 100);
		Awaitility.await("the group has the rename").until(() -> group.appliedUntil().block() == 100);
		assertThat(this.members.storeUntil().block()).isZero();
		long later = this.clock.millis() + 60_000;
		advance("product.reconciler", Products.TOPIC, later);
		Reader reconciled = this.watermarks.reader("product.reconciler", Products.TOPIC);
		Awaitility.await("products are reconciled").until(() -> reconciled.appliedUntil().block() == later);
		assertThat(this.members.storeUntil().block()).as("reviews are not").isZero();
		advance("product.review-reconciler", Reviews.TOPIC, later);
		Awaitility.await("reviews are reconciled").until(() -> this.members.storeUntil().block() == 100);
		assertThat(this.members.copiesUntil().block()).as("the cache follows later").isZero();
	}

	private void advance(String group, String topic, long time) {
		this.watermarks.advance(group, List.of(new Watermark(topic, 0, 1, time))).block();
	}

}
