package dev.agora.platform.job;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.job.owner.JobRemoval;
import dev.agora.platform.job.web.JobMeters;
import dev.agora.platform.job.web.JobStreams;
import dev.agora.platform.job.web.JobsEndpoint;
import dev.agora.platform.job.worker.JobWorkerConfiguration;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.lifecycle.Drain;

/**
 * Configures the jobs of a service: their store, their streams and their workers. The
 * application imports the controllers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
@Import({ JobWorkerConfiguration.class, JobRemoval.class })
public class JobConfiguration {

	@Bean
	Jobs jobs(DocumentStore store, Build build, JobSettings settings, Jobs.Environment environment) {
		return new Jobs(store, build, settings, environment);
	}

	@Bean
	Jobs.Environment jobEnvironment(IdGenerator ids, JsonMapper json, Clock clock) {
		return new Jobs.Environment(ids, json, clock);
	}

	@Bean
	JobStreams jobStreams(Jobs jobs, JobSettings settings, Drain drain) {
		return new JobStreams(jobs, settings.streams(), drain);
	}

	@Bean
	JobsEndpoint jobsEndpoint(Jobs jobs, JsonMapper json) {
		return new JobsEndpoint(jobs, json);
	}

	@Bean
	JobMeters jobMeters(Jobs jobs, MeterRegistry meters, Clock clock) {
		return new JobMeters(jobs, meters, clock);
	}

}
