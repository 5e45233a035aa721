package dev.agora.launcher.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.launcher.root.ProcessState;

/**
 * What a gateway tells about the clones it sends requests to; nothing if it cannot be
 * asked.
 *
 * @param services by service: its builds, and its clones with what became of them
 */
record GatewayView(JsonNode services) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	static GatewayView of(ProcessState gateway) throws InterruptedException {
		URI clones = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/clones");
		HttpRequest request = HttpRequest.newBuilder(clones).timeout(Duration.ofSeconds(2)).build();
		try {
			HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			boolean told = answer.statusCode() == 200;
			return new GatewayView(told ? JSON.readTree(answer.body()).path("services") : JSON.createObjectNode());
		}
		catch (IOException | JacksonException ex) {
			return new GatewayView(JSON.createObjectNode());
		}
	}

	/** Which clones run a service, each with its build, without those that are gone. */
	Map<String, String> builds(String service) {
		Map<String, String> builds = new TreeMap<>();
		for (JsonNode clone : this.services.path(service).path("clones")) {
			String build = clone.path("build").asString("");
			if (!build.isEmpty() && !clone.path("state").asString("").equals("EJECTED")) {
				builds.put(clone.path("instance").asString(clone.path("address").asString("")), build);
			}
		}
		return builds;
	}

	/** Whether it sends requests to a clone, as far as it tells. */
	boolean uses(ProcessState clone) {
		JsonNode known = this.services.path(clone.service()).path("clones");
		return known.isEmpty() || known.valueStream()
			.anyMatch((one) -> one.path("address").asString("").endsWith(":" + clone.port())
					&& one.path("state").asString("").equals("HEALTHY"));
	}

}
