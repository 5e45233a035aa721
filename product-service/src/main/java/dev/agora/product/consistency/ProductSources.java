package dev.agora.product.consistency;

import java.time.Clock;
import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.consistency.ConsistencySettings;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.watermark.DelayedReader;
import dev.agora.platform.watermark.ProjectionProgress;
import dev.agora.platform.watermark.ProjectionProgress.StoreProgress;
import dev.agora.platform.watermark.Reader;
import dev.agora.platform.watermark.Watermarks;
import dev.agora.product.catalog.Products;

/** The topics that reads of product-service depend on. */
@Configuration(proxyBeanMethods = false)
public class ProductSources {

	private static final String MEMBERS = "session.members.v1";

	private static final List<String> READS = List.of("/products");

	private final Watermarks watermarks;

	private final Reader cache;

	ProductSources(Watermarks watermarks) {
		this.watermarks = watermarks;
		this.cache = watermarks.reader("product.cache", Products.TOPIC);
	}

	@Bean
	SourceProgress productProgress() {
		return new ProjectionProgress(Products.TOPIC, READS, StoreProgress.OWN, List.of(this.cache));
	}

	/**
	 * A card of a seller is in the products once the group has changed them, and in the
	 * cache once the events of these changes are applied.
	 */
	@Bean
	SourceProgress memberProgress(Reconciler<MemberCard> members, ConsistencySettings settings, Clock clock) {
		Reader group = this.watermarks.reader("product.members", MEMBERS);
		Reader cached = DelayedReader.untilReached(group, this.cache, settings.clockDifference(), clock);
		return new ProjectionProgress(MEMBERS, READS,
				StoreProgress.of(group, members::hasApplied).ofTypes(MemberProjection.eventTypes()), List.of(cached));
	}

}
