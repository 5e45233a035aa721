package dev.agora.measure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends requests over kept connections. The result of each is the reason of its failure,
 * and empty if the response is a success with a body.
 */
final class ApiRequests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int CONNECTIONS = 512;

	private static final Pattern DETAIL = Pattern.compile("\"detail\":\"([^\"]*)\"");

	private final HttpClient http = HttpClient
		.create(ConnectionProvider.builder("requests").maxConnections(CONNECTIONS).build())
		.responseTimeout(TIMEOUT);

	/** Reads an object. */
	Mono<String> get(String url, String authorization) {
		return read(this.http.headers((headers) -> headers.set("Authorization", authorization)).get().uri(url));
	}

	/** Reads an object that everyone may read, with some headers. */
	Mono<String> get(String url, Map<String, String> headers) {
		return read(this.http.headers((request) -> headers.forEach(request::set)).get().uri(url));
	}

	/** Reads an object that everyone may read. */
	Mono<String> get(String url) {
		return read(this.http.get().uri(url));
	}

	/** Creates an object from JSON. */
	Mono<String> post(String url, String authorization, String json) {
		return post(this.http.headers((headers) -> headers.set("Authorization", authorization)
			.set("Idempotency-Key", UUID.randomUUID().toString())), url, json);
	}

	/** Asks a service that needs no authorization. */
	Mono<String> post(String url, String json) {
		return post(this.http, url, json);
	}

	private static Mono<String> post(HttpClient client, String url, String json) {
		return read(client.headers((headers) -> headers.set("Content-Type", "application/json"))
			.post()
			.uri(url)
			.send(ByteBufFlux.fromString(Mono.just(json))));
	}

	private static Mono<String> read(HttpClient.ResponseReceiver<?> request) {
		return request
			.responseSingle((response, body) -> body.asByteArray()
				.defaultIfEmpty(new byte[0])
				.map((whole) -> failure(response.status().code(), whole)))
			.onErrorResume((failure) -> Mono.just(failure.getClass().getSimpleName()));
	}

	private static String failure(int status, byte[] body) {
		return (status >= 200 && status < 300 && body.length > 0) ? "" : reason(status, body);
	}

	/**
	 * Returns the reason of a failed response: its status, and the detail of its problem.
	 */
	static String reason(int status, byte[] body) {
		Matcher detail = DETAIL.matcher(new String(body, StandardCharsets.UTF_8));
		return status + (detail.find() ? " " + detail.group(1) : "");
	}

}
