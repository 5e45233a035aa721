package dev.agora.feed.consistency;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.friend.Friendships;
import dev.agora.feed.product.PriceActivities;
import dev.agora.feed.product.ProductProjection;
import dev.agora.feed.review.ReviewActivities;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.watermark.DelayedReader;
import dev.agora.platform.watermark.ProjectionProgress;
import dev.agora.platform.watermark.ProjectionProgress.StoreProgress;
import dev.agora.platform.watermark.Reader;
import dev.agora.platform.watermark.WatermarkSweep;
import dev.agora.platform.watermark.Watermarks;

/** The topics that reads of feed-service depend on. */
@Configuration(proxyBeanMethods = false)
public class FeedSources {

	private static final String FOLLOWS = "graph.follows.v1";

	private static final String BLOCKS = "graph.blocks.v1";

	private static final String PRODUCTS = "product.products.v1";

	private static final String REVIEWS = "product.reviews.v1";

	private static final String MEMBERS = "session.members.v1";

	private static final List<String> READS = List.of("/feed", "/posts");

	private final Watermarks watermarks;

	private final Reader timelines;

	private final WatermarkSweep sweep;

	FeedSources(Watermarks watermarks, WatermarkSweep sweep) {
		this.watermarks = watermarks;
		this.timelines = group("feed.timelines", Activities.TOPIC);
		this.sweep = sweep;
	}

	@Bean
	SourceProgress activityProgress() {
		return new ProjectionProgress(Activities.TOPIC, READS, StoreProgress.OWN, List.of(this.timelines));
	}

	/** Every read may show a friendship, which depends on two follows. */
	@Bean
	SourceProgress followProgress(FollowProjection follows, Friendships friendships) {
		Reader group = group("feed.friendships", FOLLOWS);
		FollowCheck check = new FollowCheck(follows, friendships);
		return new ProjectionProgress(FOLLOWS, READS, StoreProgress.of(group, check::hasApplied),
				List.of(group("feed.follows", FOLLOWS), cachedAfter(group)));
	}

	@Bean
	SourceProgress blockProgress(BlockProjection blocks) {
		return new ProjectionProgress(BLOCKS, READS,
				StoreProgress.of(group("feed.block-projection", BLOCKS), blocks::hasVersions),
				List.of(group("feed.blocks", BLOCKS)));
	}

	@Bean
	SourceProgress memberProgress(Reconciler<MemberCard> members) {
		Reader group = reconciledAfter(group("feed.members", MEMBERS));
		return new ProjectionProgress(MEMBERS, READS,
				StoreProgress.of(group, members::hasApplied).ofTypes(MemberProjection.eventTypes()),
				List.of(cachedAfter(group)));
	}

	@Bean
	SourceProgress productProgress(Reconciler<ProductCard> reconciler, ProductProjection products,
			Activities activities) {
		Reader group = reconciledAfter(group("feed.products", PRODUCTS));
		ProductCheck check = new ProductCheck(reconciler, products, activities);
		return new ProjectionProgress(PRODUCTS, READS,
				StoreProgress.of(group, check::hasApplied).ofTypes(ProductProjection.eventTypes()),
				List.of(cachedAfter(group)));
	}

	@Bean
	SourceProgress priceProgress(PriceActivities prices) {
		Reader group = group("feed.prices", PRODUCTS);
		return new ProjectionProgress(PRODUCTS, READS,
				StoreProgress.of(group, prices::hasApplied).ofTypes(PriceActivities.eventType()),
				List.of(cachedAfter(group)));
	}

	@Bean
	SourceProgress reviewProgress(ReviewActivities reviews) {
		Reader group = group("feed.reviews", REVIEWS);
		return new ProjectionProgress(REVIEWS, READS,
				StoreProgress.of(group, reviews::hasApplied).ofTypes(ReviewActivities.eventTypes()),
				List.of(cachedAfter(group)));
	}

	/**
	 * An activity that was created with an older card is in line once its own event is
	 * applied.
	 */
	private Reader reconciledAfter(Reader group) {
		return DelayedReader.untilReached(group, group("feed.reconciler", Activities.TOPIC), Activities.TOPIC,
				this.sweep);
	}

	/**
	 * A write is in the activities once the group has changed them, and in the cache once
	 * the events of these changes are applied.
	 */
	private Reader cachedAfter(Reader group) {
		return DelayedReader.untilReached(group, this.timelines, Activities.TOPIC, this.sweep);
	}

	private Reader group(String name, String topic) {
		return this.watermarks.reader(name, topic);
	}

}
