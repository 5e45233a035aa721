package dev.agora.product.consistency;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
import dev.agora.product.catalog.Products;
import dev.agora.product.review.Reviews;

/** The topics that reads of product-service depend on. */
@Configuration(proxyBeanMethods = false)
public class ProductSources {

	private static final String MEMBERS = "session.members.v1";

	private static final List<String> READS = List.of("/products");

	private final Watermarks watermarks;

	private final WatermarkSweep sweep;

	private final Reader cache;

	ProductSources(Watermarks watermarks, WatermarkSweep sweep) {
		this.watermarks = watermarks;
		this.sweep = sweep;
		this.cache = watermarks.reader("product.cache", Products.TOPIC);
	}

	@Bean
	SourceProgress productProgress() {
		return new ProjectionProgress(Products.TOPIC, READS, StoreProgress.OWN, List.of(this.cache));
	}

	/**
	 * A card of a member is in the products and reviews once the group has changed them,
	 * and in those that were created with an older card once their own events are
	 * applied. It is in the cache once the events of these changes are applied.
	 */
	@Bean
	SourceProgress memberProgress(Reconciler<MemberCard> members) {
		Reader group = this.watermarks.reader("product.members", MEMBERS);
		Reader products = reconciledAfter(group, "product.reconciler", Products.TOPIC);
		Reader reviews = reconciledAfter(group, "product.review-reconciler", Reviews.TOPIC);
		Reader store = products.slowerOf(reviews);
		Reader cached = DelayedReader.untilReached(store, this.cache, Products.TOPIC, this.sweep);
		return new ProjectionProgress(MEMBERS, READS,
				StoreProgress.of(store, members::hasApplied).ofTypes(MemberProjection.eventTypes()), List.of(cached));
	}

	private Reader reconciledAfter(Reader group, String reconciler, String topic) {
		return DelayedReader.untilReached(group, this.watermarks.reader(reconciler, topic), topic, this.sweep);
	}

}
