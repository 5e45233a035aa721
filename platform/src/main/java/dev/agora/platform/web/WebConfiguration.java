package dev.agora.platform.web;

import java.time.Clock;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.ProblemHandler;

/**
 * The web side that all processes share: strict JSON, problems, ids, deadlines, drain.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DrainSettings.class)
public class WebConfiguration {

	public WebConfiguration() {
		DroppedErrors.install();
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
	RequestFilter requestFilter(IdGenerator ids, Build build, Drain drain) {
		return new RequestFilter(ids, build, drain);
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper json) {
		return new ProblemHandler(json);
	}

	@Bean
	JsonMapperBuilderCustomizer strictJson() {
		return WebConfiguration::makeStrict;
	}

	private static void makeStrict(JsonMapper.Builder builder) {
		builder.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.withCoercionConfig(LogicalType.Textual,
					(text) -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
	}

}
