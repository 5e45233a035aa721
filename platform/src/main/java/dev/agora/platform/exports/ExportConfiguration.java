package dev.agora.platform.exports;

import java.time.Clock;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.job.Jobs;
import dev.agora.platform.kafka.EventPublisher;
import dev.agora.platform.lifecycle.Build;

/**
 * Configures the job by which a service sends its part of an export. The application also
 * imports {@link ExportRequestListener} and its sources.
 */
@Configuration(proxyBeanMethods = false)
public class ExportConfiguration {

	@Bean
	ExportPartHandler exportPartHandler(ObjectProvider<ExportSource> sources, ExportPartPublisher publisher,
			Build build, JsonMapper json, Clock clock) {
		return new ExportPartHandler(sources.stream().toList(), publisher, build, json, clock);
	}

	@Bean
	ExportPartPublisher exportPartPublisher(EventPublisher publisher, Build build, JsonMapper json, Clock clock) {
		return new ExportPartPublisher(publisher, build, json, clock);
	}

	@Bean
	JobSource exportedJobs(Jobs jobs, JsonMapper json) {
		return new JobSource(jobs, json);
	}

}
