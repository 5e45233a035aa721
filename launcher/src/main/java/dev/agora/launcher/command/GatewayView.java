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
 * The instances of each service as a gateway reports them. The view is empty if the
 * gateway does not respond.
 *
 * @param services the gateway's report by service: the builds, and the instances with
 * their state
 */
record GatewayView(JsonNode services) {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

	static GatewayView fetch(ProcessState gateway) throws InterruptedException {
		URI report = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/clones");
		HttpRequest request = HttpRequest.newBuilder(report).timeout(Duration.ofSeconds(2)).build();
		try {
			HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			boolean found = response.statusCode() == 200;
			return new GatewayView(found ? JSON.readTree(response.body()).path("services") : JSON.createObjectNode());
		}
		catch (IOException | JacksonException ex) {
			return new GatewayView(JSON.createObjectNode());
		}
	}

	/** Returns the build of each instance of a service that is not ejected. */
	Map<String, String> builds(String service) {
		Map<String, String> builds = new TreeMap<>();
		for (JsonNode instance : this.services.path(service).path("clones")) {
			String build = instance.path("build").asString("");
			if (!build.isEmpty() && !instance.path("state").asString("").equals("EJECTED")) {
				builds.put(instance.path("instance").asString(instance.path("address").asString("")), build);
			}
		}
		return builds;
	}

	/** Whether the gateway sends requests to an instance; true if it reports none. */
	boolean routesTo(ProcessState instance) {
		JsonNode reported = this.services.path(instance.service()).path("clones");
		return reported.isEmpty() || reported.valueStream()
			.anyMatch((one) -> one.path("address").asString("").endsWith(":" + instance.port())
					&& one.path("state").asString("").equals("HEALTHY"));
	}

}
