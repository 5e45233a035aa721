package dev.agora.platform.job;

import java.time.Clock;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.job.web.JobController;
import dev.agora.platform.job.worker.JobWorkerConfiguration;
import dev.agora.platform.lifecycle.Build;

/** Configures the jobs of a service: their store, their endpoint and their workers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
@Import({ JobController.class, JobWorkerConfiguration.class })
public class JobConfiguration {

	@Bean
	Jobs jobs(DocumentStore store, Build build, JobSettings settings, Jobs.Environment environment) {
		return new Jobs(store, build, settings, environment);
	}

	@Bean
	Jobs.Environment jobEnvironment(IdGenerator ids, JsonMapper json, Clock clock) {
		return new Jobs.Environment(ids, json, clock);
	}

}
