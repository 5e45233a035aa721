package dev.agora.gateway.discovery;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.gateway.balance.InstanceRegistry;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.LoadBalancerSettings;

/** Configures how instances are found. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KubernetesSettings.class)
public class DiscoveryConfiguration {

	@Bean
	InstanceDiscovery instanceDiscovery(InstanceRegistry registry, InstancesSettings instances,
			LoadBalancerSettings settings, KubernetesSettings kubernetes) {
		return new InstanceDiscovery(registry, instances, settings, new KubernetesApi(kubernetes), DnsClient::new);
	}

	/** This indicator is part of readiness. */
	@Bean
	HealthIndicator discoveryHealthIndicator(InstanceDiscovery discovery, LoadBalancerSettings settings) {
		return new DiscoveryHealth(discovery, settings.firstLookupTimeout(), System::nanoTime);
	}

}
