package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.config.HttpClientSslConfigurer;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.meter.ConnectionPools;
import dev.agora.gateway.resilience.Deadlines;

/**
 * Configures the connections to instances. The connect time-out is set once: with
 * Spring's own property each request would create a client. The pool of an address that
 * no instance has any more is disposed of once its idle connections are closed, which no
 * property of Spring does; in a cluster every release brings new addresses. A stream has
 * a connection of its own, so that streams leave the pool to all other requests.
 */
@Configuration(proxyBeanMethods = false)
public class InstanceConnections {

	@Bean
	HttpClientFactory instanceClient(HttpClientProperties properties, ServerProperties server,
			HttpClientSslConfigurer ssl, LoadBalancerSettings settings, MeterRegistry meters) {
		return new InstanceClientFactory(properties, server, ssl, settings, meters);
	}

	@Bean
	StreamClient streamClient(HttpClientProperties properties, ServerProperties server, HttpClientSslConfigurer ssl,
			LoadBalancerSettings settings, MeterRegistry meters) {
		return new StreamClient(new StreamClientFactory(properties, server, ssl, settings, meters).createInstance());
	}

	/** Replaces the filter of the same kind, which application.yml switches off. */
	@Bean
	NettyRoutingFilter instanceRoutingFilter(HttpClient client, StreamClient streams,
			ObjectProvider<List<HttpHeadersFilter>> headers, HttpClientProperties properties, Deadlines deadlines) {
		return new InstanceRoutingFilter(client, streams, headers, properties, deadlines);
	}

	/** Spring configures this filter only together with its own routing filter. */
	@Bean
	NettyWriteResponseFilter responseFilter(GatewayProperties properties,
			ObjectProvider<List<HttpHeadersFilter>> headers) {
		return new NettyWriteResponseFilter(properties.getStreamingMediaTypes(), headers);
	}

	/** The client of streams, beside that of all other requests. */
	record StreamClient(HttpClient client) {
	}

	private static final class InstanceRoutingFilter extends NettyRoutingFilter {

		private final HttpClient streams;

		private final Deadlines deadlines;

		InstanceRoutingFilter(HttpClient client, StreamClient streams, ObjectProvider<List<HttpHeadersFilter>> headers,
				HttpClientProperties properties, Deadlines deadlines) {
			super(client, headers, properties);
			this.streams = streams.client();
			this.deadlines = deadlines;
		}

		@Override
		protected HttpClient getHttpClient(Route route, ServerWebExchange exchange) {
			return this.deadlines.hasDeadline(route.getId()) ? super.getHttpClient(route, exchange) : this.streams;
		}

	}

	private static class InstanceClientFactory extends HttpClientFactory {

		private final int timeoutMillis;

		private final Duration unusedPool;

		private final MeterRegistry meters;

		InstanceClientFactory(HttpClientProperties properties, ServerProperties server, HttpClientSslConfigurer ssl,
				LoadBalancerSettings settings, MeterRegistry meters) {
			super(properties, server, ssl, List.of());
			this.timeoutMillis = Math.toIntExact(settings.connectTimeout().toMillis());
			this.unusedPool = settings.unusedPool();
			this.meters = meters;
		}

		@Override
		protected HttpClient createInstance() {
			return super.createInstance().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, this.timeoutMillis);
		}

		@Override
		protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
			ConnectionProvider provider = super.buildConnectionProvider(properties);
			ConnectionProvider.Builder builder = provider.mutate();
			if (builder == null) {
				throw new IllegalStateException(
						"The connections to instances must be pooled: set a pool type other than disabled.");
			}
			ConnectionPools pools = new ConnectionPools("instance-connections", provider.maxConnections(), this.meters);
			return builder.metrics(true, () -> pools)
				.disposeInactivePoolsInBackground(this.unusedPool, this.unusedPool)
				.build();
		}

	}

	private static final class StreamClientFactory extends InstanceClientFactory {

		StreamClientFactory(HttpClientProperties properties, ServerProperties server, HttpClientSslConfigurer ssl,
				LoadBalancerSettings settings, MeterRegistry meters) {
			super(properties, server, ssl, settings, meters);
		}

		@Override
		protected ConnectionProvider buildConnectionProvider(HttpClientProperties properties) {
			return ConnectionProvider.newConnection();
		}

	}

}
