package dev.agora.gateway.discovery;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointSlicesTests {

	private static final String PORTS = "[{\"name\":\"management\",\"port\":8081},{\"name\":\"http\",\"port\":8080}]";

	private final EndpointSlices slices = new EndpointSlices("http");

	@Test
	void leavesOutInstancesThatAreNotReady() {
		put("a", "IPv4", endpoint("10.0.0.1", "{\"ready\":true}") + "," + endpoint("10.0.0.2", "{\"ready\":false}"),
				PORTS);
		assertThat(hosts()).containsExactly("10.0.0.1");
	}

	/** {@code null} means unknown, which clients must take for ready. */
	@Test
	void includesInstancesWithoutConditions() {
		put("a", "IPv4", "{\"addresses\":[\"10.0.0.1\"]}," + endpoint("10.0.0.2", "{\"ready\":null}"), PORTS);
		assertThat(hosts()).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
	}

	@Test
	void usesDrainingInstancesOnlyIfThereAreNoOthers() {
		String draining = endpoint("10.0.0.1", "{\"ready\":false,\"serving\":true,\"terminating\":true}");
		put("a", "IPv4", draining, PORTS);
		assertThat(hosts()).containsExactly("10.0.0.1");
		put("a", "IPv4", draining + "," + endpoint("10.0.0.2", "{\"ready\":true}"), PORTS);
		assertThat(hosts()).containsExactly("10.0.0.2");
	}

	/** While Kubernetes moves an address, two slices may contradict each other. */
	@Test
	void countsAnAddressInTwoSlicesOnce() {
		put("a", "IPv4", endpoint("10.0.0.1", "{\"ready\":false}"), PORTS);
		put("b", "IPv4", endpoint("10.0.0.1", "{\"ready\":true}") + "," + endpoint("10.0.0.2", "{}"), PORTS);
		assertThat(hosts()).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
	}

	@Test
	void acceptsSlicesWithoutEndpointsOrPorts() {
		put("a", "IPv4", endpoint("10.0.0.1", "{}"), PORTS);
		this.slices
			.put(slice("{\"metadata\":{\"name\":\"b\"},\"addressType\":\"IPv4\",\"endpoints\":null,\"ports\":null}"));
		put("c", "IPv4", "{\"addresses\":null}", PORTS);
		put("d", "IPv4", endpoint("10.0.0.4", "{}"), "[{\"name\":\"http\",\"port\":null},{\"port\":1}]");
		assertThat(hosts()).containsExactly("10.0.0.1");
	}

	/** The port of a name may differ between the pods of two versions. */
	@Test
	void usesThePortOfEachSlice() {
		put("a", "IPv4", endpoint("10.0.0.1", "{}"), PORTS);
		put("b", "IPv4", endpoint("10.0.0.2", "{}"), "[{\"name\":\"http\",\"port\":9090}]");
		assertThat(this.slices.addresses()).containsExactlyInAnyOrder(URI.create("http://10.0.0.1:8080"),
				URI.create("http://10.0.0.2:9090"));
	}

	@Test
	void countsAnInstanceWithTwoKindsOfAddressesOnce() {
		put("a", "IPv6", endpoint("fd00::1", "{}"), PORTS);
		assertThat(this.slices.addresses()).containsExactly(URI.create("http://[fd00::1]:8080"));
		put("b", "IPv4", endpoint("10.0.0.1", "{}"), PORTS);
		assertThat(hosts()).containsExactly("10.0.0.1");
	}

	@Test
	void ignoresNames() {
		put("a", "FQDN", endpoint("example.org", "{}"), PORTS);
		assertThat(this.slices.addresses()).isEmpty();
	}

	@Test
	void forgetsSlicesThatAreNotInANewList() {
		put("a", "IPv4", endpoint("10.0.0.1", "{}"), PORTS);
		this.slices.replace(List.of());
		assertThat(this.slices.addresses()).isEmpty();
	}

	private List<String> hosts() {
		return this.slices.addresses().stream().map(URI::getHost).toList();
	}

	private static String endpoint(String address, String conditions) {
		return "{\"addresses\":[\"" + address + "\"],\"conditions\":" + conditions + "}";
	}

	private void put(String name, String type, String endpoints, String ports) {
		this.slices.put(slice("{\"metadata\":{\"name\":\"" + name + "\"},\"addressType\":\"" + type
				+ "\",\"endpoints\":[" + endpoints + "],\"ports\":" + ports + "}"));
	}

	private static EndpointSlice slice(String json) {
		return JsonMapper.shared().readValue(json, EndpointSlice.class);
	}

}
