package dev.agora.gateway;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/** A server that stands for a clone of a service and remembers what it was asked. */
public final class ServiceForTests implements AutoCloseable {

	private final List<Asked> asked = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	private ServiceForTests(Function<Asked, Mono<Answer>> behaviour) {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request,
					response) -> request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
						this.asked.add(Asked.of(request, body));
						return behaviour.apply(Asked.of(request, body));
					})
						.flatMap((answer) -> response.status(answer.status())
							.header("Content-Type", "application/json")
							.header("X-Served-By", "test/1/clone")
							.sendString(Mono.just(answer.body()))
							.then()))
			.bindNow();
	}

	/** One that answers everything in the same way. */
	public static ServiceForTests answering(int status, String body) {
		return new ServiceForTests((asked) -> Mono.just(new Answer(status, body)));
	}

	/** One that behaves as the test says. */
	public static ServiceForTests that(Function<Asked, Mono<Answer>> behaviour) {
		return new ServiceForTests(behaviour);
	}

	public URI address() {
		return URI.create("http://127.0.0.1:" + this.server.port());
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
