package dev.agora.launcher.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.ProcessState;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayViewTests {

	private static final String REPORT = """
			{"services": {"feed-service": {"builds": ["a", "b"], "clones": [
			  {"address": "http://127.0.0.1:7001", "build": "a", "instance": "feed-service-1", "state": "HEALTHY"},
			  {"address": "http://127.0.0.1:7002", "build": "b", "instance": "feed-service-2", "state": "DRAINING"},
			  {"address": "http://127.0.0.1:7003", "build": "c", "instance": "feed-service-3", "state": "EJECTED"}]}}}
			""";

	private HttpServer management;

	private ProcessState gateway;

	@BeforeEach
	void start() throws IOException {
		this.management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
		this.management.start();
		this.gateway = process("gateway-1", 1, this.management.getAddress().getPort(), "g");
	}

	@AfterEach
	void stop() {
		this.management.stop(0);
	}

	@Test
	void showsWhichInstancesGetRequests() throws Exception {
		respond(REPORT);
		GatewayView view = GatewayView.fetch(this.gateway);
		assertThat(view.routesTo(process("feed-service-1", 7001, 1, "a"))).isTrue();
		assertThat(view.routesTo(process("feed-service-2", 7002, 1, "b"))).isFalse();
		assertThat(view.routesTo(process("feed-service-3", 7003, 1, "b"))).isFalse();
	}

	@Test
	void assumesTrafficWhenTheGatewayDoesNotReport() throws Exception {
		assertThat(GatewayView.fetch(this.gateway).routesTo(process("feed-service-1", 7001, 1, "a"))).isTrue();
		respond("no JSON");
		assertThat(GatewayView.fetch(this.gateway).builds("feed-service")).isEmpty();
		this.management.stop(0);
		assertThat(GatewayView.fetch(this.gateway).routesTo(process("feed-service-1", 7001, 1, "a"))).isTrue();
	}

	@Test
	void statusShowsServicesWithDifferentBuilds() throws Exception {
		respond(REPORT);
		assertThat(status(process("feed-service-1", 7001, 0, "a"), process("feed-service-2", 7002, 0, "a"),
				process("graph-service-1", 7005, 0, "a"), process("graph-service-2", 7006, 0, "a")))
			.contains("The instances of feed-service run different builds: {feed-service-1=a, feed-service-2=b}")
			.doesNotContain("of graph-service");
	}

	@Test
	void statusShowsDifferentBuildsThatNoGatewayReports() throws Exception {
		assertThat(status(process("graph-service-1", 7005, 0, "a"), process("graph-service-2", 7006, 0, "b")))
			.contains("The instances of graph-service run different builds: {graph-service-1=a, graph-service-2=b}");
	}

	private String status(ProcessState... processes) throws Exception {
		List<ProcessState> all = new ArrayList<>(List.of(processes));
		all.add(this.gateway);
		ByteArrayOutputStream shown = new ByteArrayOutputStream();
		new StatusTable(new PrintStream(shown, true, StandardCharsets.UTF_8))
			.print(new SystemState("http://127.0.0.1:1", List.of("http://127.0.0.1:1"), "http://127.0.0.1:2", null,
					process("launcher", 0, 0, ""), all));
		return shown.toString(StandardCharsets.UTF_8);
	}

	private void respond(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		this.management.createContext("/actuator/clones", (exchange) -> {
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
	}

	private static ProcessState process(String name, int port, int managementPort, String version) {
		ProcessHandle self = ProcessHandle.current();
		return new ProcessState(name, self.pid(), port, managementPort, "", version,
				self.info().startInstant().orElseThrow(), false, null);
	}

}
