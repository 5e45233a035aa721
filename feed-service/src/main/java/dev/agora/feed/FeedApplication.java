package dev.agora.feed;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.arrival.Arrivals;
import dev.agora.feed.audience.Follows;
import dev.agora.feed.audience.Members;
import dev.agora.feed.listing.Listing;
import dev.agora.feed.listing.ProductListener;
import dev.agora.feed.listing.Products;
import dev.agora.feed.post.PostController;
import dev.agora.feed.timeline.FanOut;
import dev.agora.feed.timeline.FanOutListener;
import dev.agora.feed.timeline.FollowListener;
import dev.agora.feed.timeline.TimelineCache;
import dev.agora.feed.timeline.TimelineController;
import dev.agora.feed.timeline.TimelineSettings;
import dev.agora.feed.timeline.Timelines;
import dev.agora.feed.upkeep.ActivityListener;
import dev.agora.feed.upkeep.MemberListener;
import dev.agora.feed.upkeep.Upkeep;
import dev.agora.platform.cache.RedissonConfiguration;
import dev.agora.platform.document.MongoConfiguration;
import dev.agora.platform.stream.KafkaConfiguration;
import dev.agora.platform.web.HandlerConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** The feed-service: what it is made of. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(TimelineSettings.class)
@Import({ WebConfiguration.class, //
		HandlerConfiguration.class, //
		MongoConfiguration.class, //
		RedissonConfiguration.class, //
		KafkaConfiguration.class, //
		Arrivals.class, //
		PostController.class, //
		Activities.class, //
		ActivityCache.class, //
		Products.class, //
		Listing.class, //
		ProductListener.class, //
		Members.class, //
		Upkeep.class, //
		MemberListener.class, //
		ActivityListener.class, //
		Follows.class, //
		FollowListener.class, //
		TimelineController.class, //
		Timelines.class, //
		TimelineCache.class, //
		FanOut.class, //
		FanOutListener.class })
public class FeedApplication {

	public static void main(String[] args) {
		SpringApplication.run(FeedApplication.class, args);
	}

}
