package dev.agora.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.gateway.access.AccessLog;
import dev.agora.gateway.access.AccessLogServer;
import dev.agora.gateway.access.AccessSettings;
import dev.agora.gateway.auth.AuthSettings;
import dev.agora.gateway.auth.IdentityCache;
import dev.agora.gateway.auth.RevocationSubscription;
import dev.agora.gateway.auth.SessionClient;
import dev.agora.gateway.auth.SessionEnds;
import dev.agora.gateway.auth.TokenSwapFilter;
import dev.agora.gateway.balance.InstanceConnections;
import dev.agora.gateway.balance.InstanceRegistry;
import dev.agora.gateway.balance.InstancesEndpoint;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.LoadBalancer;
import dev.agora.gateway.balance.LoadBalancerFilter;
import dev.agora.gateway.balance.LoadBalancerSettings;
import dev.agora.gateway.body.BodySettings;
import dev.agora.gateway.body.RequestBodyFilter;
import dev.agora.gateway.body.UnreadResponses;
import dev.agora.gateway.body.UploadLimitFilter;
import dev.agora.gateway.client.ClientConfiguration;
import dev.agora.gateway.client.ClientSettings;
import dev.agora.gateway.discovery.DiscoveryConfiguration;
import dev.agora.gateway.docs.DocsConfiguration;
import dev.agora.gateway.edge.AllowedMethods;
import dev.agora.gateway.edge.ClientAddressFilter;
import dev.agora.gateway.edge.CorsFilter;
import dev.agora.gateway.edge.EdgeSettings;
import dev.agora.gateway.edge.EdgeTraces;
import dev.agora.gateway.edge.MalformedRequestHandler;
import dev.agora.gateway.edge.RequestLimitSettings;
import dev.agora.gateway.edge.RequestValidationFilter;
import dev.agora.gateway.edge.http1.EdgeServer;
import dev.agora.gateway.health.HealthChecker;
import dev.agora.gateway.meter.RequestMeters;
import dev.agora.gateway.meter.RequestMetersServer;
import dev.agora.gateway.rate.AddressRateLimitFilter;
import dev.agora.gateway.rate.MemberRateLimitFilter;
import dev.agora.gateway.rate.RateLimitSettings;
import dev.agora.gateway.rate.RedisBuckets;
import dev.agora.gateway.resilience.CircuitBreakerFilter;
import dev.agora.gateway.resilience.CircuitBreakerSettings;
import dev.agora.gateway.resilience.DeadlineFilter;
import dev.agora.gateway.resilience.DeadlineSettings;
import dev.agora.gateway.resilience.Deadlines;
import dev.agora.gateway.resilience.LoadSheddingFilter;
import dev.agora.gateway.resilience.LoadSheddingSettings;
import dev.agora.gateway.upstream.RedundantHeaderFilters;
import dev.agora.gateway.upstream.ConsistencyCookieFilter;
import dev.agora.gateway.upstream.ResponseHopByHopFilter;
import dev.agora.gateway.upstream.StreamEndFilter;
import dev.agora.gateway.upstream.UpstreamHeadersFilter;
import dev.agora.platform.redis.RedisConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** The gateway. Its imports list its components; its routes are in application.yml. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties({ AccessSettings.class, AuthSettings.class, LoadBalancerSettings.class,
		BodySettings.class, CircuitBreakerSettings.class, ClientSettings.class, InstancesSettings.class,
		DeadlineSettings.class, EdgeSettings.class, RequestLimitSettings.class, RateLimitSettings.class,
		LoadSheddingSettings.class })
@Import({ WebConfiguration.class, //
		RedisConfiguration.class, //
		MalformedRequestHandler.class, //
		AllowedMethods.class, //
		EdgeServer.class, //
		AccessLogServer.class, //
		AccessLog.class, //
		RequestMetersServer.class, //
		RequestMeters.class, //
		ClientAddressFilter.class, //
		CorsFilter.class, //
		EdgeTraces.class, //
		RequestValidationFilter.class, //
		AddressRateLimitFilter.class, //
		RequestBodyFilter.class, //
		UploadLimitFilter.class, //
		UnreadResponses.class, //
		LoadSheddingFilter.class, //
		TokenSwapFilter.class, //
		IdentityCache.class, //
		RevocationSubscription.class, //
		SessionClient.class, //
		SessionEnds.class, //
		MemberRateLimitFilter.class, //
		RedisBuckets.class, //
		CircuitBreakerFilter.class, //
		LoadBalancerFilter.class, //
		LoadBalancer.class, //
		InstanceConnections.class, //
		InstanceRegistry.class, //
		HealthChecker.class, //
		DiscoveryConfiguration.class, //
		InstancesEndpoint.class, //
		Deadlines.class, //
		DeadlineFilter.class, //
		UpstreamHeadersFilter.class, //
		ConsistencyCookieFilter.class, //
		ResponseHopByHopFilter.class, //
		StreamEndFilter.class, //
		RedundantHeaderFilters.class, //
		DocsConfiguration.class, //
		ClientConfiguration.class })
public class GatewayApplication {

	public static void main(String[] args) {
		SpringApplication.run(GatewayApplication.class, args);
	}

}
