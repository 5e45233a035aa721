package dev.agora.gateway.health;

import java.net.URI;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.web.RequestFilter;

/** Sends probes to instances, over connections of its own. */
final class HealthCheckClient {

	private static final String PATH = "/internal/clone";

	private static final int SERVICE_UNAVAILABLE = 503;

	private static final int CONNECTIONS = 2;

	private final HttpClient http;

	private final Duration timeout;

	HealthCheckClient(Duration timeout, Duration unusedPool) {
		this.timeout = timeout;
		ConnectionProvider pools = ConnectionProvider.builder("probes")
			.maxConnections(CONNECTIONS)
			.maxIdleTime(unusedPool)
			.evictInBackground(unusedPool)
			.disposeInactivePoolsInBackground(unusedPool, unusedPool)
			.build();
		this.http = HttpClient.create(pools)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()));
	}

	/** Probes an instance; fails if it does not answer in time. */
	Mono<Health> check(URI instance) {
		return this.http.get()
			.uri(instance + PATH)
			.responseSingle((response, body) -> body.then(Mono.just(Health.of(response))))
			.timeout(this.timeout);
	}

	/**
	 * The response to a probe. Any response shows that the instance is alive, even a 404
	 * for the path.
	 *
	 * @param acceptsRequests whether the instance accepts requests
	 * @param build the build of the instance, if the response names it
	 */
	record Health(boolean acceptsRequests, @Nullable Build build) {

		static Health of(HttpClientResponse response) {
			return new Health(response.status().code() != SERVICE_UNAVAILABLE,
					toBuild(response.responseHeaders().get(RequestFilter.SERVED_BY)));
		}

		private static @Nullable Build toBuild(@Nullable String servedBy) {
			int first = (servedBy != null) ? servedBy.indexOf('/') : -1;
			int last = (servedBy != null) ? servedBy.lastIndexOf('/') : -1;
			return (servedBy == null || first == last) ? null : new Build(servedBy.substring(0, first),
					servedBy.substring(first + 1, last), servedBy.substring(last + 1));
		}

	}

}
