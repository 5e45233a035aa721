package dev.agora.gateway.discovery;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A server that stands in for the Kubernetes API, with the slices of one Service. */
final class TestKubernetesApi implements AutoCloseable {

	private final DisposableServer server = HttpServer.create()
		.host("127.0.0.1")
		.port(0)
		.handle(this::handle)
		.bindNow();

	private final List<String> lists = new CopyOnWriteArrayList<>();

	private final List<String> watches = new CopyOnWriteArrayList<>();

	private final List<String> tokens = new CopyOnWriteArrayList<>();

	private volatile String slices = "";

	private volatile int status = 200;

	private volatile int statusOfWatches = 200;

	/** The events of the current watch. */
	private volatile Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();

	URI address() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/** The slices of the next lists, as JSON, with commas. */
	void have(String slices) {
		this.slices = slices;
	}

	/** Sends an event to the current watch. */
	void send(String type, String object) {
		this.events.tryEmitNext("{\"type\":\"" + type + "\",\"object\":" + object + "}\n").orThrow();
	}

	/** Ends the current watch, as the server does after a while. */
	void endWatch() {
		this.events.tryEmitComplete().orThrow();
	}

	/** The status of all responses from now on. */
	void respondWith(int status) {
		this.status = status;
	}

	/** The status of the next watch; the later ones are successful. */
	void refuseNextWatch(int status) {
		this.statusOfWatches = status;
	}

	int lists() {
		return this.lists.size();
	}

	/** The requests of watches. */
	List<String> watches() {
		return this.watches;
	}

	/** The headers with the tokens of all requests. */
	List<String> tokens() {
		return this.tokens;
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		this.tokens.add(String.valueOf(request.requestHeaders().get("Authorization")));
		response.header("Content-Type", "application/json");
		if (request.uri().contains("watch=true")) {
			return watch(request, response);
		}
		this.lists.add(request.uri());
		return (this.status == 200)
				? response
					.sendString(Mono.just("{\"metadata\":{\"resourceVersion\":\"7\"},\"items\":[" + this.slices + "]}"))
				: refuse(response, this.status);
	}

	private Publisher<Void> watch(HttpServerRequest request, HttpServerResponse response) {
		Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();
		this.events = events;
		this.watches.add(request.uri());
		int status = (this.status == 200) ? this.statusOfWatches : this.status;
		this.statusOfWatches = 200;
		return (status == 200) ? response
			.send(events.asFlux().map((event) -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8)), (bytes) -> true)
				: refuse(response, status);
	}

	private static Publisher<Void> refuse(HttpServerResponse response, int status) {
		return response.status(status).sendString(Mono.just("{\"kind\":\"Status\",\"code\":" + status + "}"));
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
