package dev.agora.console.scrape;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * An instance as a gateway sees it.
 *
 * @param state HEALTHY, DRAINING or EJECTED
 * @param build the build, empty if unknown
 * @param inFlight the requests that it has not answered yet
 */
public record Routed(String state, String build, int inFlight) {

	/** Reads a gateway's report, by the host and port of the instance. */
	static Map<String, Routed> parse(JsonNode report) {
		Map<String, Routed> byAddress = new HashMap<>();
		report.path("services").forEach((service) -> service.path("clones").forEach((instance) -> {
			String address = instance.path("address").asString("").replaceFirst("^https?://", "");
			byAddress.put(address, of(instance));
		}));
		return byAddress;
	}

	private static Routed of(JsonNode instance) {
		return new Routed(instance.path("state").asString(""), instance.path("build").asString(""),
				instance.path("inFlight").asInt(0));
	}

	/** Several gateways may differ: the worse state counts, and the requests add up. */
	Routed plus(Routed other) {
		boolean worse = other.state.equals("EJECTED") || this.state.equals("HEALTHY");
		return new Routed(worse ? other.state : this.state, this.build.isEmpty() ? other.build : this.build,
				this.inFlight + other.inFlight);
	}

}
