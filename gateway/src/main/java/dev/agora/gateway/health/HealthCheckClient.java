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

/** Asks a clone how it is, over connections that no request waits for. */
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

	/** What it answers; an error where it does not answer in time. */
	Mono<Condition> ask(URI clone) {
		return this.http.get()
			.uri(clone + PATH)
			.responseSingle((answer, body) -> body.then(Mono.just(Condition.of(answer))))
			.timeout(this.timeout);
	}

	/**
	 * How a clone is. Whatever it answers it is alive, also if it does not know the
	 * question.
	 *
	 * @param takesRequests whether it says so
	 * @param build which build it is, if it says that
	 */
	record Condition(boolean takesRequests, @Nullable Build build) {

		static Condition of(HttpClientResponse answer) {
			return new Condition(answer.status().code() != SERVICE_UNAVAILABLE,
					toBuild(answer.responseHeaders().get(RequestFilter.SERVED_BY)));
		}

		private static @Nullable Build toBuild(@Nullable String servedBy) {
			int first = (servedBy != null) ? servedBy.indexOf('/') : -1;
			int last = (servedBy != null) ? servedBy.lastIndexOf('/') : -1;
			return (servedBy == null || first == last) ? null : new Build(servedBy.substring(0, first),
					servedBy.substring(first + 1, last), servedBy.substring(last + 1));
		}

	}

}
