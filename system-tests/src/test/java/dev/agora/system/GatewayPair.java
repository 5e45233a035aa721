package dev.agora.system;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;

/**
 * What a load balancer in front of the gateways does: it asks each four times a second
 * whether it is ready, sends requests in turn to those that are, keeps connections until
 * it is told to close them, and repeats a request only if it could not even connect.
 */
final class GatewayPair implements AutoCloseable {

	private static final Duration CHECK = Duration.ofMillis(250);

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final ConnectionProvider connections = ConnectionProvider.create("front", 100);

	private final HttpClient client = HttpClient.create(this.connections).disableRetry(true).responseTimeout(PATIENCE);

	private final java.net.http.HttpClient checker = java.net.http.HttpClient.newHttpClient();

	private final List<Door> doors = new ArrayList<>();

	private final AtomicInteger turn = new AtomicInteger();

	private final Disposable checks;

	GatewayPair(List<JsonNode> gateways) {
		gateways.forEach((gateway) -> this.doors.add(new Door(gateway.path("name").asString(),
				gateway.path("port").asInt(), gateway.path("managementPort").asInt())));
		this.checks = Flux.interval(CHECK)
			.onBackpressureDrop()
			.flatMap((tick) -> Flux.fromIterable(this.doors).flatMap(this::check), 10)
			.subscribe();
	}

	/** One request, one answer, of whichever gateway is ready. */
	Mono<Received> send(HttpMethod method, String path, @Nullable String body, String... headers) {
		Door door = choose();
		return send(door, method, path, body, headers).onErrorResume(ConnectException.class,
				(neverSent) -> send(other(door), method, path, body, headers));
	}

	private Mono<Received> send(Door door, HttpMethod method, String path, @Nullable String body, String... headers) {
		return this.client.headers((all) -> {
			for (int i = 0; i < headers.length; i += 2) {
				all.set(headers[i], headers[i + 1]);
			}
		})
			.request(method)
			.uri("http://127.0.0.1:" + door.port + path)
			.send((body != null) ? ByteBufMono.fromString(Mono.just(body)) : Mono.empty())
			.responseSingle((answer, content) -> content.asString()
				.defaultIfEmpty("")
				.map((text) -> new Received(answer.status().code(), text, door.name)));
	}

	private Door choose() {
		List<Door> ready = this.doors.stream().filter((door) -> door.ready).toList();
		List<Door> eligible = ready.isEmpty() ? this.doors : ready;
		return eligible.get(Math.floorMod(this.turn.getAndIncrement(), eligible.size()));
	}

	private Door other(Door door) {
		return this.doors.stream().filter((other) -> other != door).findFirst().orElse(door);
	}

	private Mono<Boolean> check(Door door) {
		return Mono.fromFuture(() -> this.checker.sendAsync(door.readiness, HttpResponse.BodyHandlers.discarding()))
			.map((answer) -> answer.statusCode() == 200)
			.onErrorReturn(false)
			.doOnNext((ready) -> door.ready = ready);
	}

	@Override
	public void close() {
		this.checks.dispose();
		this.connections.dispose();
	}

	/**
	 * An answer as it arrived.
	 *
	 * @param status the HTTP status
	 * @param body the body
	 * @param gateway the name of the gateway it came from
	 */
	record Received(int status, String body, String gateway) {
	}

	private static final class Door {

		private final String name;

		private final int port;

		private final HttpRequest readiness;

		private volatile boolean ready = true;

		Door(String name, int port, int managementPort) {
			this.name = name;
			this.port = port;
			this.readiness = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness"))
				.timeout(Duration.ofSeconds(20))
				.build();
		}

	}

}
