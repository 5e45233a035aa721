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

/** A server that stands in for an instance of a service and records its requests. */
public final class TestService implements AutoCloseable {

	/** The path of the gateway's probes, which are not recorded. */
	private static final String PROBE = "/internal/clone";

	private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	private final Function<ReceivedRequest, Mono<Response>> handler;

	private volatile String servedBy = "test/1/clone";

	private volatile boolean draining;

	private volatile boolean frozen;

	private TestService(Function<ReceivedRequest, Mono<Response>> handler) {
		this.handler = handler;
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
			this.requests.add(ReceivedRequest.of(request, body));
			return this.handler.apply(ReceivedRequest.of(request, body));
		}).flatMap((given) -> send(given, response));
	}

	private static Mono<Void> send(Response given, HttpServerResponse response) {
		return response.status(given.status())
			.header("Content-Type", "application/json")
			.sendString(Mono.just(given.body()))
			.then();
	}

	/** Creates a service with one response for all requests. */
	public static TestService responding(int status, String body) {
		return new TestService((request) -> Mono.just(new Response(status, body)));
	}

	/** Creates a service with a handler. */
	public static TestService respondingWith(Function<ReceivedRequest, Mono<Response>> handler) {
		return new TestService(handler);
	}

	public URI address() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	/** Announces in its responses that it is about to stop. */
	public void drain() {
		this.draining = true;
	}

	/** Accepts connections, but sends no more responses. */
	public void freeze() {
		this.frozen = true;
	}

	/** Sends responses again and accepts all requests. */
	public void recover() {
		this.draining = false;
		this.frozen = false;
	}

	/** Sets the build and instance: {@code <service>/<build>/<instance>}. */
	public void become(String servedBy) {
		this.servedBy = servedBy;
	}

	/** The requests since the test began, in their order. */
	public List<ReceivedRequest> requests() {
		return this.requests;
	}

	public void clearRequests() {
		this.requests.clear();
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * A request as it arrived.
	 *
	 * @param method its method
	 * @param uri its path and query
	 * @param headers its headers, with names in lower case
	 * @param body its body
	 */
	public record ReceivedRequest(String method, String uri, Map<String, String> headers, String body) {

		static ReceivedRequest of(HttpServerRequest request, String body) {
			Map<String, String> headers = request.requestHeaders()
				.entries()
				.stream()
				.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue,
						(one, other) -> one + "," + other));
			return new ReceivedRequest(request.method().name(), request.uri(), headers, body);
		}

	}

	/**
	 * A response.
	 *
	 * @param status the HTTP status
	 * @param body a JSON text
	 */
	public record Response(int status, String body) {
	}

}
