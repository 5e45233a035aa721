package dev.agora.platform.web;

import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import dev.agora.platform.consistency.ConsistencySettings;
import dev.agora.platform.consistency.SessionReads;
import dev.agora.platform.consistency.SourceProgress;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.CallerResolver;
import dev.agora.platform.identity.IdentitySettings;
import dev.agora.platform.identity.IdentityVerifier;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.lifecycle.InstanceStatus;
import dev.agora.platform.text.Nfc;
import dev.agora.platform.web.conditional.AnyTagFilter;
import dev.agora.platform.web.conditional.IfMatchResolver;

/**
 * Configures the web layer of the services behind the gateway: the resolvers of handler
 * parameters and the endpoint with the status of the instance.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ IdentitySettings.class, ConsistencySettings.class })
public class ServiceWebConfiguration implements WebFluxConfigurer {

	private final IdentityVerifier verifier;

	ServiceWebConfiguration(IdentityVerifier verifier) {
		this.verifier = verifier;
		Nfc.loadTables();
	}

	@Bean
	static IdentityVerifier identityVerifier(IdentitySettings settings, Environment environment, Clock clock)
			throws IOException, ParseException {
		return new IdentityVerifier(settings, environment.getRequiredProperty("spring.application.name"), clock);
	}

	@Bean
	static RouterFunction<ServerResponse> instanceStatus(Build build, ApplicationAvailability availability,
			IdGenerator ids) {
		return new InstanceStatus(build, availability, ids).route();
	}

	@Bean
	static SessionReads sessionReads(ObjectProvider<SourceProgress> sources, ConsistencySettings settings) {
		return new SessionReads(sources.orderedStream().toList(), settings);
	}

	@Bean
	static ConsistencyFilter consistencyFilter(SessionReads reads, Clock clock) {
		return new ConsistencyFilter(reads, clock);
	}

	@Bean
	static WebFluxRegistrations specificPaths() {
		return new WebFluxRegistrations() {

			@Override
			public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
				return new SpecificPathMapping();
			}

		};
	}

	@Bean
	static RequestTimer requestTimer(MeterRegistry meters) {
		return new RequestTimer(meters);
	}

	@Bean
	static AnyTagFilter anyTagFilter() {
		return new AnyTagFilter();
	}

	@Override
	public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
		configurer.addCustomResolver(new CallerResolver(this.verifier), new RequestArgumentResolver(),
				new IfMatchResolver());
	}

}
