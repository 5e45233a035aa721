package dev.agora.platform.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.lifecycle.Build;

/**
 * Configures the metrics of all processes. Each has the name of its service in the tag
 * {@code application}, which no label of a scraper replaces.
 */
@Configuration(proxyBeanMethods = false)
public class MetricsConfiguration {

	@Bean
	MeterRegistryCustomizer<MeterRegistry> applicationTag(Build build) {
		return (meters) -> meters.config().commonTags("application", build.service());
	}

	@Bean
	MeterBinder buildInfo(Build build) {
		return (meters) -> Gauge.builder("agora.build.info", () -> 1)
			.description("The build of this process and the version of its JVM")
			.tag("version", build.version())
			.tag("java", Runtime.version().toString())
			.register(meters);
	}

	@Bean
	MeterBinder residentMemory() {
		return new ResidentMemory();
	}

	/** The tasks that wait for an event loop show that one is blocked or overloaded. */
	@Bean
	MeterBinder eventLoops() {
		return (meters) -> new NettyEventExecutorMetrics(HttpResources.get().onServer(LoopResources.DEFAULT_NATIVE))
			.bindTo(meters);
	}

}
