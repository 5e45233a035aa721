package dev.agora.measure.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends single requests, which prepare a load or look at its results. */
final class Api {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	/** A system that has just been installed may need this long to respond. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(TIMEOUT)
		.build();

	private final String address;

	/**
	 * Creates a client.
	 * @param gateway the address of the gateway
	 */
	Api(String gateway) {
		this.address = gateway + "/api/v1";
	}

	/**
	 * Sends a request, again while the system is unavailable or does not know the member
	 * yet: the event of a registration reaches the other services later.
	 * @param token of the session, or "" without one
	 * @param body the JSON, or null without one
	 * @return the response's body
	 */
	JsonNode call(String method, String path, String token, @Nullable String body) throws InterruptedException {
		HttpRequest request = request(method, path, token, body);
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			String failure = "";
			try {
				HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
				if (response.statusCode() < 300) {
					return JsonMapper.shared().readTree(response.body().isEmpty() ? "{}" : response.body());
				}
				failure = response.statusCode() + " " + response.body();
				if (!isTemporary(response.statusCode())) {
					throw new IllegalStateException(method + " " + path + ": " + failure);
				}
			}
			catch (IOException ex) {
				failure = ex.toString();
			}
			if (System.nanoTime() > end) {
				throw new IllegalStateException(method + " " + path + ": " + failure);
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private static boolean isTemporary(int status) {
		return status >= 500 || status == 429 || status == 404;
	}

	/**
	 * Creates a request that takes effect once, also if it is sent again after a
	 * time-out.
	 */
	private HttpRequest request(String method, String path, String token, @Nullable String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.address + path))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json")
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		if (!token.isEmpty()) {
			request.header("Authorization", "Bearer " + token);
		}
		return request.build();
	}

}
