package dev.agora.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

import dev.agora.contract.Exchange;

/** A client of the public API. It may be used by many threads. */
final class Gateway {

	private static final JsonMapper json = new JsonMapper();

	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(30))
		.build();

	private final URI address;

	Gateway(URI address) {
		this.address = address;
	}

	URI address() {
		return this.address;
	}

	Response get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	Response post(String path, Object body, String... headers) {
		return send("POST", path, json.writeValueAsString(body), headers);
	}

	Response put(String path, String... headers) {
		return send("PUT", path, null, headers);
	}

	Response delete(String path, String... headers) {
		return send("DELETE", path, null, headers);
	}

	/**
	 * Sends one request and checks the response against the contract.
	 * @param body the text of the body, or null for none
	 * @param headers names and values, alternating
	 * @throws UncheckedIOException if there is no response
	 */
	Response send(String method, String path, @Nullable String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.address.resolve(path))
			.timeout(TIMEOUT)
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		if (body != null && !List.of(headers).contains("Content-Type")) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			Response response = toResponse(this.client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
			ContractChecks
				.check(new Exchange(method, path, body, response.status(), response.headers(), response.body()));
			return response;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Repeats a request until the response is no server error. A request that creates an
	 * object must have an {@code Idempotency-Key}.
	 */
	Response sendUntilAnswered(String method, String path, @Nullable Map<String, ?> body, String... headers) {
		String text = (body != null) ? json.writeValueAsString(body) : null;
		return Await.value(method + " " + path + " is answered", Await.SOON.plus(TIMEOUT), () -> {
			try {
				Response response = send(method, path, text, headers);
				return (response.status() < 500 && response.status() != 429) ? response : null;
			}
			catch (UncheckedIOException noAnswer) {
				return null;
			}
		});
	}

	private static Response toResponse(HttpResponse<String> response) {
		boolean isJson = response.headers().firstValue("Content-Type").orElse("").matches(".*[/+]json.*");
		JsonNode body = (isJson || response.body().isEmpty()) ? read(response.body())
				: JsonNodeFactory.instance.stringNode(response.body());
		return new Response(response.statusCode(), body, response.headers());
	}

	/** Parses a body as JSON; an empty body gives a missing node. */
	static JsonNode read(String body) {
		return body.isEmpty() ? MissingNode.getInstance() : json.readTree(body);
	}

}
