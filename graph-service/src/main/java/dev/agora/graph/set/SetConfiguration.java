package dev.agora.graph.set;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.redis.RedisGuard;

/** Configures the cached sets of ids. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SetSettings.class)
public class SetConfiguration {

	@Bean
	SetOrigin setOrigin(Ties ties, MemberGraphs graphs, CacheSettings cache, SetSettings settings) {
		return new SetOrigin(ties, graphs, cache, settings);
	}

	@Bean
	IdSets idSets(RedisGuard redis, SetOrigin origin, CacheSettings cache, SetSettings settings, MeterRegistry meters) {
		SetStore store = new SetStore(redis, settings);
		return new IdSets(redis, store, origin, new SetLoader(store, origin, cache, meters), meters);
	}

}
