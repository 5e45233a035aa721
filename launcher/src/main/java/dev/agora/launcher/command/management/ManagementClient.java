package dev.agora.launcher.command.management;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Calls the management endpoints of running services. */
public final class ManagementClient {

	private final HttpClient http = HttpClient.newHttpClient();

	/**
	 * Calls an endpoint.
	 * @param service the process to call
	 * @param method the HTTP method
	 * @param path the path after {@code /actuator}
	 * @return the body of the response; empty if the service has no such object
	 */
	Optional<JsonNode> call(ProcessState service, String method, String path) throws IOException, InterruptedException {
		return send(service, request(service, path).method(method, HttpRequest.BodyPublishers.noBody()).build());
	}

	/**
	 * Calls an endpoint with a body.
	 * @param service the process to call
	 * @param path the path after {@code /actuator}
	 * @param body the JSON to send
	 * @return the body of the response; empty if the service has no such object
	 */
	public Optional<JsonNode> post(ProcessState service, String path, String body)
			throws IOException, InterruptedException {
		return send(service,
				request(service, path).header("Content-Type", "application/json")
					.POST(HttpRequest.BodyPublishers.ofString(body))
					.build());
	}

	private static HttpRequest.Builder request(ProcessState service, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.managementPort() + "/actuator" + path))
			.timeout(Duration.ofMinutes(1));
	}

	private Optional<JsonNode> send(ProcessState service, HttpRequest request)
			throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
		// A DELETE of an unknown object gets 204.
		if (response.statusCode() == 404 || response.statusCode() == 204) {
			return Optional.empty();
		}
		if (response.statusCode() != 200) {
			throw new Problem(service.name() + " responded with " + response.statusCode() + " to " + request.method()
					+ " " + request.uri().getPath() + ". The reason is in its log: ./agora logs " + service.name());
		}
		return Optional.of(JsonMapper.shared().readTree(response.body()));
	}

}
