package dev.agora.feed.freshness;

import java.time.Clock;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.fanout.LargeFanOuts;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.Timelines;
import dev.agora.platform.kafka.progress.BrokerClient;
import dev.agora.platform.kafka.progress.GroupOffsets;
import dev.agora.platform.kafka.progress.GroupProgress;
import dev.agora.platform.redis.RedisGuard;

/** Configures the freshness of home feeds and their comparison with the store. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ FreshnessSettings.class, FeedReconcilerSettings.class })
public class FreshnessConfiguration {

	/**
	 * The groups without which a home feed may lack something, with their topics: those
	 * that change home feeds, and those that publish activities for events of other
	 * services.
	 */
	static final Map<String, String> GROUPS = Map.of("feed.timelines", Activities.TOPIC, "feed.fan-outs",
			LargeFanOuts.TOPIC, "feed.follows", "graph.follows.v1", "feed.blocks", "graph.blocks.v1",
			"feed.friendships", "graph.follows.v1", "feed.products", "product.products.v1", "feed.prices",
			"product.products.v1", "feed.reviews", "product.reviews.v1");

	@Bean
	GroupOffsets feedGroupOffsets(BrokerClient brokers) {
		return new GroupOffsets(brokers, GROUPS);
	}

	@Bean
	FeedFreshness feedFreshness(GroupOffsets offsets, LargeFanOuts fanOuts, FreshnessSettings settings, Clock clock,
			MeterRegistry meters) {
		return new FeedFreshness(new GroupProgress(offsets, clock), fanOuts, settings, clock, meters);
	}

	@Bean
	FreshnessFilter freshnessFilter(FeedFreshness freshness, RedisGuard redis, Clock clock) {
		return new FreshnessFilter(freshness::completeUntil, redis::isAvailable, clock);
	}

	@Bean
	CachedFeeds cachedFeeds(Timelines timelines, TimelineCache cache, ActivityCache activityCache,
			Activities activities) {
		return new CachedFeeds(timelines, cache, activityCache, activities);
	}

	@Bean
	FeedReconciler feedReconciler(CachedFeeds feeds, FeedFreshness freshness, FeedReconcilerSettings settings,
			Clock clock, MeterRegistry meters) {
		return new FeedReconciler(feeds, freshness::completeUntil, settings, clock, meters);
	}

}
