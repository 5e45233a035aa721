package dev.agora.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

import dev.agora.contract.Exchange;

/** The public API, as any client sees it. Safe for use by many threads. */
final class Gateway {

	private static final JsonMapper json = new JsonMapper();

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(30))
		.build();

	private final URI address;

	Gateway(URI address) {
		this.address = address;
	}

	Answer get(String path, String... headers) {
		return send("GET", path, null, headers);
	}

	Answer post(String path, Object body, String... headers) {
		return send("POST", path, json.writeValueAsString(body), headers);
	}

	Answer put(String path, String... headers) {
		return send("PUT", path, null, headers);
	}

	Answer delete(String path, String... headers) {
		return send("DELETE", path, null, headers);
	}

	/**
	 * One request, one answer, which must be as the contract says.
	 * @param body the text of the body, or null for none
	 * @param headers names and values in turn
	 * @throws UncheckedIOException if there was no answer
	 */
	Answer send(String method, String path, @Nullable String body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.address.resolve(path))
			.timeout(PATIENCE)
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			HttpResponse<String> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
			Answer answer = new Answer(response.statusCode(), read(response), response.headers());
			ContractChecks.check(new Exchange(method, path, body, answer.status(), answer.headers(), answer.body()));
			return answer;
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
	 * Repeats a request until it is answered without a server error. What creates must
	 * carry an {@code Idempotency-Key}.
	 */
	Answer insist(String method, String path, @Nullable Map<String, ?> body, String... headers) {
		String text = (body != null) ? json.writeValueAsString(body) : null;
		return Await.value(method + " " + path + " is answered", Await.SOON.plus(PATIENCE), () -> {
			try {
				Answer answer = send(method, path, text, headers);
				return (answer.status() < 500 && answer.status() != 429) ? answer : null;
			}
			catch (UncheckedIOException noAnswer) {
				return null;
			}
		});
	}

	private static JsonNode read(HttpResponse<String> response) {
		boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
		return (isJson || response.body().isEmpty()) ? read(response.body())
				: JsonNodeFactory.instance.stringNode(response.body());
	}

	/** A body as JSON, missing where there is none. */
	static JsonNode read(String body) {
		return body.isEmpty() ? MissingNode.getInstance() : json.readTree(body);
	}

}
