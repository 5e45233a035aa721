package dev.agora.measure.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.DefaultAddressResolverGroup;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** Sends requests of all kinds, and records how each ended. No request is repeated. */
final class Traffic {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final int CONNECTIONS = 256;

	/** Kubernetes balances connections, so that new ones reach new gateways. */
	private static final Duration CONNECTION_LIFE = Duration.ofSeconds(20);

	/** Shorter than the time after which a gateway closes an idle connection. */
	private static final Duration CONNECTION_IDLE = Duration.ofSeconds(5);

	private static final String BODY = "{\"text\":\"A post of the load\"}";

	private final HttpClient http = HttpClient
		.create(ConnectionProvider.builder("cluster")
			.maxConnections(CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.maxLifeTime(CONNECTION_LIFE)
			.maxIdleTime(CONNECTION_IDLE)
			.build())
		.resolver(DefaultAddressResolverGroup.INSTANCE)
		.disableRetry(true)
		.responseTimeout(TIMEOUT);

	private final AtomicLong numbers = new AtomicLong();

	private final TrafficReport report = new TrafficReport();

	private final String api;

	private final List<Visitor> visitors;

	Traffic(String gateway, List<Visitor> visitors) {
		this.api = gateway + "/api/v1";
		this.visitors = visitors;
	}

	TrafficReport report() {
		return this.report;
	}

	/**
	 * Sends a request.
	 * @param due the time of {@link System#nanoTime()} from which its latency counts
	 */
	Mono<Void> send(long due) {
		SplittableRandom random = new SplittableRandom(this.numbers.getAndIncrement());
		RequestKind kind = RequestKind.choose(random);
		int number = random.nextInt(this.visitors.size());
		Visitor visitor = this.visitors.get(number);
		// Never the member's own id, since nobody can follow oneself.
		Visitor other = this.visitors
			.get((number + 1 + random.nextInt(this.visitors.size() - 1)) % this.visitors.size());
		this.report.sent();
		return this.http
			.headers((headers) -> headers.set("Authorization", "Bearer " + visitor.token())
				.set("Content-Type", "application/json")
				.set("Idempotency-Key", UUID.randomUUID().toString()))
			.request(HttpMethod.valueOf(kind.method()))
			.uri(this.api + kind.path(other))
			.send(ByteBufFlux.fromString(Mono.justOrEmpty((kind == RequestKind.POST) ? BODY : null)))
			.responseSingle((response, body) -> body.asByteArray()
				.defaultIfEmpty(new byte[0])
				.doOnNext((whole) -> record(kind, due, response, whole)))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> this.report.failed(kind, failure.toString())))
			.then();
	}

	private void record(RequestKind kind, long due, HttpClientResponse response, byte[] body) {
		if (response.status().code() == kind.status()) {
			this.report.succeeded(response.responseHeaders().get("X-Served-By", "?"), System.nanoTime() - due);
			return;
		}
		this.report.failed(kind, response.status().code() + " " + response.responseHeaders().get("X-Served-By", "?")
				+ " " + new String(body, StandardCharsets.UTF_8));
	}

}
