package dev.agora.platform.redis;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.epoll.Epoll;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.ReadMode;
import org.redisson.config.TransportMode;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Configures the client of Redis, the guard around it, and the check of permissions.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedisSettings.class)
public class RedisConfiguration {

	/** Opened at the start: opening them under load would delay the first commands. */
	private static final int IDLE_CONNECTIONS = 8;

	@Bean(destroyMethod = "shutdown")
	RedissonClient redisson(RedisSettings settings) {
		return client(settings);
	}

	@Bean
	RedisGuard redisGuard(RedissonClient redisson, RedisSettings settings, MeterRegistry meters) {
		return new RedisGuard(redisson, settings, meters);
	}

	@Bean
	RedisMeters redisMeters(RedisGuard redis, RedisSettings settings) {
		return new RedisMeters(redis, settings);
	}

	@Bean
	RedisRights redisRights(RedisGuard redis, Environment environment) {
		return new RedisRights(redis, environment.getProperty("spring.application.name", "agora"));
	}

	/**
	 * Creates a client, which connects at its first use.
	 */
	public static RedissonClient client(RedisSettings settings) {
		Config config = new Config();
		config.setLazyInitialization(true);
		// Otherwise Redisson would compare each argument with its live objects, under a
		// lock.
		config.setReferenceEnabled(false);
		config.setNettyThreads(4).setExecutor(executor()).setCodec(StringCodec.INSTANCE);
		config.setTransportMode(Epoll.isAvailable() ? TransportMode.EPOLL : TransportMode.NIO);
		config.setUsername(settings.username()).setPassword(settings.password());
		if (settings.ca() != null) {
			config.setSslTrustManagerFactory(trust(settings.ca()).getManagers().getTrustManagerFactory());
		}
		timed(server(config, settings), settings);
		return Redisson.create(config);
	}

	private static SslBundle trust(Path ca) {
		return SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(ca.toUri().toString())));
	}

	private static BaseConfig<?> server(Config config, RedisSettings settings) {
		return switch (settings.mode()) {
			case SINGLE -> config.useSingleServer()
				.setAddress(settings.address().get(0))
				.setConnectionPoolSize(settings.poolSize())
				.setConnectionMinimumIdleSize(idle(settings))
				.setSubscriptionConnectionMinimumIdleSize(0);
			case SENTINEL -> masters(config.useSentinelServers(), settings).setMasterName(settings.master())
				.addSentinelAddress(settings.address().toArray(String[]::new));
			// If some of the slots have no master, commands on the other slots still
			// succeed.
			case CLUSTER -> masters(config.useClusterServers(), settings).setScanInterval(1000)
				.setCheckSlotsCoverage(false)
				.addNodeAddress(settings.address().toArray(String[]::new));
		};
	}

	/** Replicas are not read, since they may lack the latest writes. */
	private static <C extends BaseMasterSlaveServersConfig<C>> C masters(C config, RedisSettings settings) {
		return config.setReadMode(ReadMode.MASTER)
			.setMasterConnectionPoolSize(settings.poolSize())
			.setMasterConnectionMinimumIdleSize(idle(settings))
			.setSlaveConnectionMinimumIdleSize(0)
			.setSubscriptionConnectionMinimumIdleSize(0);
	}

	private static int idle(RedisSettings settings) {
		return Math.min(IDLE_CONNECTIONS, settings.poolSize());
	}

	private static void timed(BaseConfig<?> server, RedisSettings settings) {
		server.setConnectTimeout((int) settings.connectTimeout().toMillis());
		server.setTimeout((int) settings.commandTimeout().toMillis());
		// Without a retry Redisson reports a connection that it has not tried.
		server.setRetryAttempts(1);
		// This is also the maximum time that a command waits for a free connection.
		server.setRetryDelay(new ConstantDelay(settings.commandTimeout()));
	}

	/**
	 * Replaces Redisson's own workers, which block although they are threads of Netty.
	 * These threads end when they are idle, since Redisson does not end them.
	 */
	private static ExecutorService executor() {
		ThreadPoolExecutor executor = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				new CustomizableThreadFactory("redisson-worker-"));
		executor.allowCoreThreadTimeOut(true);
		return executor;
	}

}
