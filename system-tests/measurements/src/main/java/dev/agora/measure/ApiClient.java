package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Sends requests to the API. A failed request is an answer too. */
final class ApiClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String api;

	ApiClient(String gateway) {
		this.api = gateway + "/api/v1";
	}

	HttpRequest.Builder to(String path) {
		return HttpRequest.newBuilder(URI.create(this.api + path))
			.timeout(TIMEOUT)
			.header("Content-Type", "application/json");
	}

	Answer send(HttpRequest.Builder request) throws InterruptedException {
		long start = System.nanoTime();
		try {
			HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.headers(), parse(response.body()), start,
					System.nanoTime());
		}
		catch (IOException failed) {
			return Answer.none(start);
		}
	}

	private static JsonNode parse(String body) {
		try {
			return body.isEmpty() ? MissingNode.getInstance() : JsonMapper.shared().readTree(body);
		}
		catch (JacksonException notJson) {
			return MissingNode.getInstance();
		}
	}

}
