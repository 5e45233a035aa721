package dev.agora.feed.live;

import java.time.Clock;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.feed.live.item.LiveViews;
import dev.agora.feed.live.log.LiveLog;
import dev.agora.feed.live.log.LiveTopics;

/** Configures live streams; {@link LiveTailConfiguration} adds their source. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LiveSettings.class)
@Import({ LiveStreams.class, LiveFeeds.class, LiveEnds.class, LiveHub.class, LiveViews.class, LivePermits.class,
		LiveMeters.class })
public class LiveConfiguration {

	@Bean
	LiveTopics liveTopics(JsonMapper json) {
		return new LiveTopics(json);
	}

	@Bean
	LiveLog liveLog(LiveTopics topics, LiveSettings settings, Clock clock) {
		return new LiveLog(topics, settings.log(), clock);
	}

}
