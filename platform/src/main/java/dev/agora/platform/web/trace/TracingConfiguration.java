package dev.agora.platform.web.trace;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.tracing.TracingSettings;
import dev.agora.platform.tracing.log.TracePropagation;

/** Configures the traces of a process, and the trace ids of its log lines. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
public class TracingConfiguration {

	public TracingConfiguration() {
		TracePropagation.install();
	}

	@Bean
	Tracing tracing(TracingSettings settings, Build build, MeterRegistry meters) {
		return Tracing.of(settings, resource(build), meters);
	}

	private static Resource resource(Build build) {
		return Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), build.service(),
				AttributeKey.stringKey("service.version"), build.version(),
				AttributeKey.stringKey("service.instance.id"), build.instance()));
	}

	@Bean
	RequestTraces requestTraces(ObjectProvider<TraceSource> source, Tracing tracing) {
		return new RequestTraces(source.getIfAvailable(() -> new TraceSource() {
		}), tracing);
	}

}
