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
 * Sends requests as a load balancer in front of the gateways does. It checks the
 * readiness of each gateway four times a second, uses the ready ones in turn, keeps
 * connections until a gateway closes them, and repeats a request only if it could not
 * connect.
 */
final class GatewayPair implements AutoCloseable {

	private static final Duration CHECK = Duration.ofMillis(250);

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private final ConnectionProvider connections = ConnectionProvider.create("front", 100);

	private final HttpClient client = HttpClient.create(this.connections).disableRetry(true).responseTimeout(TIMEOUT);

	private final java.net.http.HttpClient checker = java.net.http.HttpClient.newHttpClient();

	private final List<Instance> instances = new ArrayList<>();

	private final AtomicInteger next = new AtomicInteger();

	private final Disposable checks;

	GatewayPair(List<JsonNode> processes) {
		processes.forEach((process) -> this.instances.add(new Instance(process.path("name").asString(),
				process.path("port").asInt(), process.path("managementPort").asInt())));
		this.checks = Flux.interval(CHECK)
			.onBackpressureDrop()
			.flatMap((tick) -> Flux.fromIterable(this.instances).flatMap(this::check), 10)
			.subscribe();
	}

	/** Sends one request to a ready gateway. */
	Mono<GatewayResponse> send(HttpMethod method, String path, @Nullable String body, String... headers) {
		Instance instance = choose();
		return send(instance, method, path, body, headers).onErrorResume(ConnectException.class,
				(neverSent) -> send(other(instance), method, path, body, headers));
	}

	private Mono<GatewayResponse> send(Instance instance, HttpMethod method, String path, @Nullable String body,
			String... headers) {
		return this.client.headers((all) -> {
			for (int i = 0; i < headers.length; i += 2) {
				all.set(headers[i], headers[i + 1]);
			}
		})
			.request(method)
			.uri("http://127.0.0.1:" + instance.port + path)
			.send((body != null) ? ByteBufMono.fromString(Mono.just(body)) : Mono.empty())
			.responseSingle((response, content) -> content.asString()
				.defaultIfEmpty("")
				.map((text) -> new GatewayResponse(response.status().code(), text, instance.name)));
	}

	private Instance choose() {
		List<Instance> ready = this.instances.stream().filter((instance) -> instance.ready).toList();
		List<Instance> eligible = ready.isEmpty() ? this.instances : ready;
		return eligible.get(Math.floorMod(this.next.getAndIncrement(), eligible.size()));
	}

	private Instance other(Instance instance) {
		return this.instances.stream().filter((other) -> other != instance).findFirst().orElse(instance);
	}

	private Mono<Boolean> check(Instance instance) {
		return Mono.fromFuture(() -> this.checker.sendAsync(instance.readiness, HttpResponse.BodyHandlers.discarding()))
			.map((response) -> response.statusCode() == 200)
			.onErrorReturn(false)
			.doOnNext((ready) -> instance.ready = ready);
	}

	@Override
	public void close() {
		this.checks.dispose();
		this.connections.dispose();
	}

	/**
	 * A response as text.
	 *
	 * @param status the HTTP status
	 * @param body the body
	 * @param gateway the name of the gateway that sent it
	 */
	record GatewayResponse(int status, String body, String gateway) {
	}

	private static final class Instance {

		private final String name;

		private final int port;

		private final HttpRequest readiness;

		private volatile boolean ready = true;

		Instance(String name, int port, int managementPort) {
			this.name = name;
			this.port = port;
			this.readiness = HttpRequest
				.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness"))
				.timeout(Duration.ofSeconds(20))
				.build();
		}

	}

}
