package dev.agora.feed;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityRenderer;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.SourceActivities;
import dev.agora.feed.audience.BlockFilter;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.FeedAuthors;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.HiddenMembersCache;
import dev.agora.feed.audience.PulledAuthors;
import dev.agora.feed.author.ActivityListener;
import dev.agora.feed.author.AuthorActivities;
import dev.agora.feed.consistency.FeedSources;
import dev.agora.feed.exports.ActivitySource;
import dev.agora.feed.exports.ExportAssembly;
import dev.agora.feed.exports.ExportChunks;
import dev.agora.feed.exports.ExportController;
import dev.agora.feed.exports.ExportHandler;
import dev.agora.feed.exports.ExportJobListener;
import dev.agora.feed.exports.ExportPartListener;
import dev.agora.feed.exports.ExportSettings;
import dev.agora.feed.exports.ExportStarter;
import dev.agora.feed.exports.Exports;
import dev.agora.feed.fanout.ActivityFanOut;
import dev.agora.feed.fanout.FanOut;
import dev.agora.feed.fanout.FanOutListener;
import dev.agora.feed.fanout.FanOutPlanner;
import dev.agora.feed.fanout.FanOutSettings;
import dev.agora.feed.fanout.FanOutWorker;
import dev.agora.feed.fanout.LargeFanOutListener;
import dev.agora.feed.fanout.LargeFanOuts;
import dev.agora.feed.freshness.FreshnessConfiguration;
import dev.agora.feed.friend.FriendshipListener;
import dev.agora.feed.friend.Friendships;
import dev.agora.feed.live.LiveConfiguration;
import dev.agora.feed.live.LiveController;
import dev.agora.feed.live.LiveTailConfiguration;
import dev.agora.feed.page.HomeFeedFilter;
import dev.agora.feed.post.MemberPosts;
import dev.agora.feed.post.PostController;
import dev.agora.feed.product.PriceListener;
import dev.agora.feed.product.ProductConfiguration;
import dev.agora.feed.product.ProductListener;
import dev.agora.feed.review.ReviewActivities;
import dev.agora.feed.review.ReviewListener;
import dev.agora.feed.timeline.BlockListener;
import dev.agora.feed.timeline.FollowListener;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.TimelineController;
import dev.agora.feed.timeline.TimelineSettings;
import dev.agora.feed.timeline.Timelines;
import dev.agora.feed.timeline.VisibleActivities;
import dev.agora.platform.cache.CacheConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.exports.ExportConfiguration;
import dev.agora.platform.exports.ExportRequestListener;
import dev.agora.platform.job.JobConfiguration;
import dev.agora.platform.job.mail.JobMailConfiguration;
import dev.agora.platform.job.mail.JobMailListener;
import dev.agora.platform.job.web.JobController;
import dev.agora.platform.job.web.JobEventsController;
import dev.agora.platform.kafka.KafkaConfiguration;
import dev.agora.platform.lifecycle.EventLoops;
import dev.agora.platform.member.MemberConfiguration;
import dev.agora.platform.member.MemberListener;
import dev.agora.platform.web.ServiceWebConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** Starts feed-service and lists its components. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties({ TimelineSettings.class, FanOutSettings.class, ExportSettings.class })
@Import({ WebConfiguration.class, //
		ServiceWebConfiguration.class, //
		MongoConfiguration.class, //
		CacheConfiguration.class, //
		KafkaConfiguration.class, //
		FeedSources.class, //
		JobConfiguration.class, //
		JobController.class, //
		JobEventsController.class, //
		JobMailConfiguration.class, //
		JobMailListener.class, //
		ExportConfiguration.class, //
		ExportRequestListener.class, //
		ExportController.class, //
		ExportStarter.class, //
		ExportHandler.class, //
		Exports.class, //
		ExportChunks.class, //
		ExportAssembly.class, //
		ExportPartListener.class, //
		ExportJobListener.class, //
		ActivitySource.class, //
		PostController.class, //
		MemberPosts.class, //
		Activities.class, //
		ActivityCache.class, //
		ActivityRenderer.class, //
		SourceActivities.class, //
		Authors.class, //
		ProductConfiguration.class, //
		ProductListener.class, //
		PriceListener.class, //
		ReviewActivities.class, //
		ReviewListener.class, //
		MemberConfiguration.class, //
		MemberListener.class, //
		AuthorActivities.class, //
		ActivityListener.class, //
		FollowProjection.class, //
		FollowListener.class, //
		Friendships.class, //
		FriendshipListener.class, //
		BlockProjection.class, //
		HiddenMembersCache.class, //
		BlockFilter.class, //
		BlockListener.class, //
		PulledAuthors.class, //
		FeedAuthors.class, //
		TimelineController.class, //
		HomeFeedFilter.class, //
		VisibleActivities.class, //
		Timelines.class, //
		TimelineCache.class, //
		FanOut.class, //
		ActivityFanOut.class, //
		FanOutListener.class, //
		LargeFanOuts.class, //
		FanOutPlanner.class, //
		FanOutWorker.class, //
		LargeFanOutListener.class, //
		FreshnessConfiguration.class, //
		LiveConfiguration.class, //
		LiveController.class, //
		LiveTailConfiguration.class })
public class FeedApplication {

	public static void main(String[] args) {
		EventLoops.matchCores();
		SpringApplication.run(FeedApplication.class, args);
	}

}
