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
 * Configures the connections to instances. The connect time-out is set once: with
 * Spring's own property each request would create a client. The pool of an address that
 * no instance has any more is disposed of once its idle connections are closed, which no
 * property of Spring does; in a cluster every release brings new addresses.
 */
@Configuration(proxyBeanMethods = false)
public class InstanceConnections {

	@Bean
	HttpClientFactory instanceClient(HttpClientProperties properties, ServerProperties server,
			HttpClientSslConfigurer ssl, LoadBalancerSettings settings) {
		return new InstanceClientFactory(properties, server, ssl, settings);
	}

	private static final class InstanceClientFactory extends HttpClientFactory {

		private final int timeoutMillis;

		private final Duration unusedPool;

		InstanceClientFactory(HttpClientProperties properties, ServerProperties server, HttpClientSslConfigurer ssl,
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
		protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
			ConnectionProvider.Builder pools = super.buildConnectionProvider(properties).mutate();
			if (pools == null) {
				throw new IllegalStateException(
						"The connections to instances must be pooled: set a pool type other than disabled.");
			}
			return pools.disposeInactivePoolsInBackground(this.unusedPool, this.unusedPool).build();
		}

	}

}
