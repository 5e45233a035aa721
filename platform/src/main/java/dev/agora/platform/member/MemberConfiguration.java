package dev.agora.platform.member;

import java.time.Clock;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.projection.Dependents;
import dev.agora.platform.projection.FreshEntryLookup;
import dev.agora.platform.projection.ProjectionSettings;
import dev.agora.platform.projection.Reconciler;

/**
 * The projection of members, and the reconciliation of the service's documents with it.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProjectionSettings.class)
public class MemberConfiguration {

	@Bean
	static FreshEntryLookup freshEntryLookup(ProjectionSettings settings, Clock clock) {
		return new FreshEntryLookup(settings, clock);
	}

	@Bean
	static MemberProjection memberProjection(DocumentStore store, FreshEntryLookup freshEntries) {
		return new MemberProjection(store, freshEntries);
	}

	@Bean
	static Reconciler<MemberCard> memberReconciler(MemberProjection members, Dependents<MemberCard> dependents) {
		return members.reconciler(dependents);
	}

}
