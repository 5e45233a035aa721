package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.List;

import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How the gateway connects to clones. The time-out is set once, since by Spring's own
 * property each request would make a client of its own; and the pool of an address that
 * no clone has any more is given up once its idle connections have been, which no
 * property of Spring's does: in a cluster every release brings new addresses.
 */
@Configuration(proxyBeanMethods = false)
public class InstanceConnections {

	@Bean
	HttpClientFactory cloneClient(HttpClientProperties properties, ServerProperties server, HttpClientSslConfigurer ssl,
			LoadBalancerSettings settings) {
		return new CloneClientFactory(properties, server, ssl, settings);
	}

	private static final class CloneClientFactory extends HttpClientFactory {

		private final int timeoutMillis;

		private final Duration unusedPool;

		CloneClientFactory(HttpClientProperties properties, ServerProperties server, HttpClientSslConfigurer ssl,
				LoadBalancerSettings settings) {
			super(properties, server, ssl, List.of());
			this.timeoutMillis = Math.toIntExact(settings.connectTimeout().toMillis());
			this.unusedPool = settings.unusedPool();
		}

		@Override
		protected HttpClient createInstance() {
			return super.createInstance().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, this.timeoutMillis);
		}

		@Override
		protected ConnectionProvider buildConnectionProvider(HttpClientProperties given) {
			ConnectionProvider.Builder pools = super.buildConnectionProvider(given).mutate();
			if (pools == null) {
				throw new IllegalStateException("Connections to clones must be pooled.");
			}
			return pools.disposeInactivePoolsInBackground(this.unusedPool, this.unusedPool).build();
		}

	}

}
