package dev.agora.gateway;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** A server that stands for a clone of a service and remembers what it was asked. */
public final class TestService implements AutoCloseable {

	/** How the gateway asks a clone how it is; not remembered. */
	private static final String PROBE = "/internal/clone";

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	private final Function<Asked, Mono<Answer>> behaviour;

	private volatile String servedBy = "test/1/clone";

	private volatile boolean draining;

	private volatile boolean frozen;

	private TestService(Function<Asked, Mono<Answer>> behaviour) {
		this.behaviour = behaviour;
		this.server = HttpServer.create().host("127.0.0.1").port(0).handle(this::handle).bindNow();
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		if (this.frozen) {
			return request.receive().then(Mono.never());
		}
		response.header("X-Served-By", this.servedBy);
		if (request.uri().equals(PROBE)) {
			return response.status(this.draining ? 503 : 200).send();
		}
		if (this.draining) {
			response.header("Connection", "close");
		}
		return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
			this.asked.add(Asked.of(request, body));
			return this.behaviour.apply(Asked.of(request, body));
		}).flatMap((answer) -> send(answer, response));
	}

	private static Mono<Void> send(Answer answer, HttpServerResponse response) {
		return response.status(answer.status())
			.header("Content-Type", "application/json")
			.sendString(Mono.just(answer.body()))
			.then();
	}

	/** One that answers everything in the same way. */
	public static TestService answering(int status, String body) {
		return new TestService((asked) -> Mono.just(new Answer(status, body)));
	}

	/** One that behaves as the test says. */
	public static TestService that(Function<Asked, Mono<Answer>> behaviour) {
		return new TestService(behaviour);
	}

	public URI address() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/** It says so in its answers as a service does that is about to stop. */
	public void drain() {
		this.draining = true;
	}

	/** It takes connections, but answers nothing any more. */
	public void freeze() {
		this.frozen = true;
	}

	/** It answers again, and takes all requests. */
	public void recover() {
		this.draining = false;
		this.frozen = false;
	}

	/** It is this build and clone from now on: {@code <service>/<build>/<instance>}. */
	public void become(String servedBy) {
		this.servedBy = servedBy;
	}

	/** What it was asked since the test began, in order. */
	public List<Asked> asked() {
		return this.asked;
	}

	public void forget() {
		this.asked.clear();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * A request as it arrived.
	 *
	 * @param method its method
	 * @param uri path and query
	 * @param headers its headers, names in lower case
	 * @param body its body
	 */
	public record Asked(String method, String uri, Map<String, String> headers, String body) {

		static Asked of(HttpServerRequest request, String body) {
			Map<String, String> headers = request.requestHeaders()
				.entries()
				.stream()
				.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue,
						(one, other) -> one + "," + other));
			return new Asked(request.method().name(), request.uri(), headers, body);
		}

	}

	/**
	 * What it answers.
	 *
	 * @param status the HTTP status
	 * @param body a JSON text
	 */
	public record Answer(int status, String body) {
	}

}
