package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * The identity of a member at a service, which the gateway would add to their requests.
 */
final class InternalIdentity {

	private InternalIdentity() {
	}

	/**
	 * Returns the headers of a member's requests that go to a service directly.
	 * @param service the name of the service
	 */
	static Map<String, String> headers(HttpClient http, RunningSystem system, Visitor member, String service)
			throws IOException, InterruptedException {
		return Map.of("X-Agora-Identity", of(http, system, member, service));
	}

	/** Returns the identity of a member at a service. It is valid for a minute. */
	static String of(HttpClient http, RunningSystem system, Visitor member, String service)
			throws IOException, InterruptedException {
		String token = member.authorization().substring("Bearer ".length());
		String sessions = system.instances("session-service").values().iterator().next().url();
		HttpRequest request = HttpRequest.newBuilder(URI.create(sessions + "/internal/identities"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers
				.ofString("{\"token\":\"%s\",\"audience\":\"%s\"}".formatted(token, service)))
			.build();
		String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
		return JsonMapper.shared().readTree(body).path("identity").asString();
	}

}
