package dev.agora.platform.web;

import java.time.Clock;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.json.StrictJson;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.lifecycle.DrainSettings;
import dev.agora.platform.metrics.MetricsConfiguration;
import dev.agora.platform.problem.ProblemHandler;
import dev.agora.platform.settings.LiteralSecrets;
import dev.agora.platform.web.trace.RequestTraces;
import dev.agora.platform.web.trace.TracingConfiguration;

/**
 * Configures the web layer of all processes: strict JSON, problem responses, request ids,
 * deadlines, metrics and the drain.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrainSettings.class)
@Import({ MetricsConfiguration.class, TracingConfiguration.class })
public class WebConfiguration {

	public WebConfiguration() {
		DroppedErrors.install();
	}

	@Bean
	static LiteralSecrets literalSecrets() {
		return new LiteralSecrets();
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

	@Bean
	IdGenerator idGenerator(Clock clock) {
		return new IdGenerator(clock);
	}

	@Bean
	Build build(Environment environment, ObjectProvider<BuildProperties> properties) {
		String service = environment.getRequiredProperty("spring.application.name");
		BuildProperties build = properties.getIfAvailable();
		String version = (build != null) ? String.valueOf(build.getVersion()) : "development";
		return new Build(service, environment.getProperty("agora.build", version),
				environment.getProperty("agora.instance", service));
	}

	@Bean
	Drain drain(DrainSettings settings) {
		return new Drain(settings);
	}

	@Bean
	RequestFilter requestFilter(IdGenerator ids, Build build, Drain drain, RequestTraces traces) {
		return new RequestFilter(ids, build, drain, traces);
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper json) {
		return new ProblemHandler(json);
	}

	@Bean
	JsonMapperBuilderCustomizer strictJson() {
		return StrictJson::customize;
	}

	@Bean
	JsonFactoryBuilderCustomizer strictJsonFactory() {
		return StrictJson::customize;
	}

}
