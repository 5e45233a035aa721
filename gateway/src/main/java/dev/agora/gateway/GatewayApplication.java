package dev.agora.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

import dev.agora.gateway.auth.AuthSettings;
import dev.agora.gateway.auth.IdentityCache;
import dev.agora.gateway.auth.InsideHeadersFilter;
import dev.agora.gateway.auth.Revocations;
import dev.agora.gateway.auth.SessionClient;
import dev.agora.gateway.auth.TokenSwapFilter;
import dev.agora.gateway.balance.BalanceFilter;
import dev.agora.gateway.balance.BalanceSettings;
import dev.agora.gateway.balance.Balancer;
import dev.agora.gateway.balance.CloneWatch;
import dev.agora.gateway.balance.ClonesEndpoint;
import dev.agora.gateway.balance.ClonesSettings;
import dev.agora.gateway.balance.Fleet;
import dev.agora.gateway.balance.NameWatch;
import dev.agora.gateway.docs.DocsConfiguration;
import dev.agora.gateway.guard.BreakerFilter;
import dev.agora.gateway.guard.BreakerSettings;
import dev.agora.gateway.guard.DeadlineFilter;
import dev.agora.gateway.guard.DeadlineSettings;
import dev.agora.gateway.guard.Deadlines;
import dev.agora.gateway.limit.LimitSettings;
import dev.agora.gateway.limit.MalformedRequestFilter;
import dev.agora.gateway.limit.RequestLimitFilter;
import dev.agora.gateway.shed.ShedFilter;
import dev.agora.gateway.shed.ShedSettings;
import dev.agora.platform.cache.RedissonConfiguration;
import dev.agora.platform.web.WebConfiguration;

/** The gateway: what it is made of; its routes stand in application.yml. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties({ AuthSettings.class, BalanceSettings.class, BreakerSettings.class, ClonesSettings.class,
		DeadlineSettings.class, LimitSettings.class, ShedSettings.class })
@Import({ WebConfiguration.class, //
		RedissonConfiguration.class, //
		MalformedRequestFilter.class, //
		RequestLimitFilter.class, //
		ShedFilter.class, //
		TokenSwapFilter.class, //
		IdentityCache.class, //
		Revocations.class, //
		SessionClient.class, //
		BreakerFilter.class, //
		BalanceFilter.class, //
		Balancer.class, //
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
