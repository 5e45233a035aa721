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
import dev.agora.gateway.auth.InsideHeadersFilter;
import dev.agora.gateway.auth.Revocations;
import dev.agora.gateway.auth.SessionClient;
import dev.agora.gateway.auth.TokenSwapFilter;
import dev.agora.gateway.balance.BalanceFilter;
import dev.agora.gateway.balance.BalanceSettings;
import dev.agora.gateway.balance.Balancer;
import dev.agora.gateway.balance.CloneConnections;
import dev.agora.gateway.balance.CloneWatch;
import dev.agora.gateway.balance.ClonesEndpoint;
import dev.agora.gateway.balance.ClonesSettings;
import dev.agora.gateway.balance.Fleet;
import dev.agora.gateway.balance.NameWatch;
import dev.agora.gateway.body.BodySettings;
import dev.agora.gateway.body.RequestBodyFilter;
import dev.agora.gateway.body.UnreadResponses;
import dev.agora.gateway.docs.DocsConfiguration;
import dev.agora.gateway.edge.AllowedMethods;
import dev.agora.gateway.edge.ClientAddressFilter;
import dev.agora.gateway.edge.CorsFilter;
import dev.agora.gateway.edge.EdgeServer;
import dev.agora.gateway.edge.EdgeSettings;
import dev.agora.gateway.guard.BreakerFilter;
import dev.agora.gateway.guard.BreakerSettings;
import dev.agora.gateway.guard.DeadlineFilter;
import dev.agora.gateway.guard.DeadlineSettings;
import dev.agora.gateway.guard.Deadlines;
import dev.agora.gateway.limit.AddressLimitFilter;
import dev.agora.gateway.limit.LimitSettings;
import dev.agora.gateway.limit.MalformedRequestFilter;
import dev.agora.gateway.limit.MemberLimitFilter;
import dev.agora.gateway.limit.RateSettings;
import dev.agora.gateway.limit.RequestLimitFilter;
import dev.agora.gateway.limit.SharedBuckets;
import dev.agora.gateway.shed.ShedFilter;
import dev.agora.gateway.shed.ShedSettings;
import dev.agora.platform.cache.RedissonConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** The gateway: what it is made of; its routes stand in application.yml. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties({ AccessSettings.class, AuthSettings.class, BalanceSettings.class, BodySettings.class,
		BreakerSettings.class, ClonesSettings.class, DeadlineSettings.class, EdgeSettings.class, LimitSettings.class,
		RateSettings.class, ShedSettings.class })
@Import({ WebConfiguration.class, //
		RedissonConfiguration.class, //
		MalformedRequestFilter.class, //
		AllowedMethods.class, //
		EdgeServer.class, //
		AccessLogServer.class, //
		AccessLog.class, //
		ClientAddressFilter.class, //
		CorsFilter.class, //
		RequestLimitFilter.class, //
		AddressLimitFilter.class, //
		RequestBodyFilter.class, //
		UnreadResponses.class, //
		ShedFilter.class, //
		TokenSwapFilter.class, //
		IdentityCache.class, //
		Revocations.class, //
		SessionClient.class, //
		MemberLimitFilter.class, //
		SharedBuckets.class, //
		BreakerFilter.class, //
		BalanceFilter.class, //
		Balancer.class, //
		CloneConnections.class, //
		Fleet.class, //
		CloneWatch.class, //
		NameWatch.class, //
		ClonesEndpoint.class, //
		Deadlines.class, //
		DeadlineFilter.class, //
		InsideHeadersFilter.class, //
		DocsConfiguration.class })
public class GatewayApplication {

	public static void main(String[] args) {
		SpringApplication.run(GatewayApplication.class, args);
	}

}
