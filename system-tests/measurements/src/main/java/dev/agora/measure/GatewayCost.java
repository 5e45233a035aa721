package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures the CPU time of the gateway for a request against that of a hand-written
 * proxy, and the share of its throughput that a session check costs.
 */
@Command(name = "gateway",
		description = "Compare the gateway's CPU time per request with a hand-written proxy, a bare Spring Cloud Gateway and nginx.")
final class GatewayCost implements Callable<Integer> {

	private static final String FLOOR = "hand-written proxy";

	private static final String SIGNED_IN = "gateway, signed in";

	private static final String ANONYMOUS = "gateway, anonymous";

	private static final String TRACED = ", a fifth traced";

	/**
	 * The share of the traced requests. Two processes of the same program differ by more
	 * than a share of 1 % costs, so it is measured enlarged.
	 */
	private static final double TRACED_SHARE = 0.2;

	private static final double DEFAULT_SHARE = 0.01;

	/** A path that the gateway routes; the upstream serves any path. */
	private static final String PATH = "/api/v1/products/0000000000000";

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--rounds", defaultValue = "5",
			description = "Number of rounds; each measures all sides twice, forwards and backwards.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "6", description = "Seconds per measurement of one side.")
	private int seconds;

	@Option(names = "--tracing", paramLabel = "URL",
			description = "Measure a gateway that records a fifth of the requests and sends their traces to this receiver of OTLP, instead of the bare gateway and nginx.")
	private @Nullable String tracing;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RunningSystem system = this.options.open();
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the processes is in " + logs);
		try (Children children = new Children(logs)) {
			int port = Children.freePort();
			Process upstream = children.role("upstream", "--port", String.valueOf(port));
			String address = "http://127.0.0.1:" + port;
			children.awaitReady(URI.create(address));
			List<Side> sides = sides(children, system, address);
			for (Side side : sides) {
				requireBody(side);
				WarmUp.untilSettled(side, upstream.pid(), Sample::cost);
			}
			List<Pass> passes = new Passes(this.rounds, this.seconds, false).measure(sides, upstream.pid());
			report(sides, passes);
			if (this.tracing != null) {
				reportTracing(passes);
			}
		}
		return 0;
	}

	private List<Side> sides(Children children, RunningSystem system, String upstream)
			throws IOException, InterruptedException {
		List<Side> sides = new ArrayList<>();
		sides.add(reference(children, FLOOR, "proxy", upstream));
		Map<String, String> member = Map.of("Authorization", new Visitor(system.gatewayUrl()).authorization());
		Side gateway = gateway(children, system, upstream, Map.of());
		sides.add(new Side(ANONYMOUS, gateway.pid(), gateway.address(), Map.of()));
		sides.add(new Side(SIGNED_IN, gateway.pid(), gateway.address(), member));
		if (this.tracing != null) {
			Side traced = gateway(children, system, upstream,
					Map.of("TRACING_ENDPOINT", this.tracing, "TRACING_RATIO", String.valueOf(TRACED_SHARE)));
			sides.add(new Side(ANONYMOUS + TRACED, traced.pid(), traced.address(), Map.of()));
			sides.add(new Side(SIGNED_IN + TRACED, traced.pid(), traced.address(), member));
			return sides;
		}
		sides.add(reference(children, "bare Spring Cloud Gateway", "bare", upstream));
		if (Nginx.isInstalled()) {
			int port = Children.freePort();
			sides.add(new Side("nginx", Nginx.start(children, port, upstream), local(port), Map.of()));
		}
		return sides;
	}

	private static Side reference(Children children, String name, String role, String upstream)
			throws IOException, InterruptedException {
		int port = Children.freePort();
		Process process = children.role(role, "--port", String.valueOf(port), "--upstream", upstream);
		children.awaitReady(local(port));
		return new Side(name, process.pid(), local(port), Map.of());
	}

	private static Side gateway(Children children, RunningSystem system, String upstream, Map<String, String> settings)
			throws IOException, InterruptedException {
		int port = Children.freePort();
		Map<String, String> environment = system.gatewayEnvironment(port, Children.freePort());
		environment.put("AGORA_CLONES_PRODUCTSERVICE", upstream);
		environment.putAll(settings);
		Process process = children.jar(system.gatewayJar(), environment);
		children.awaitReady(local(port));
		return new Side(ANONYMOUS, process.pid(), local(port), Map.of());
	}

	private static URI local(int port) {
		return URI.create("http://127.0.0.1:" + port + PATH);
	}

	private static void requireBody(Side side) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(side.address());
		side.headers().forEach(request::header);
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(request.build(), HttpResponse.BodyHandlers.ofString());
		if (response.statusCode() != 200 || !response.body().equals(Upstream.BODY)) {
			throw new Problem(side.name() + " answers " + response.statusCode() + ": " + response.body());
		}
	}

	private static void report(List<Side> sides, List<Pass> passes) {
		System.out.println("| side | CPU µs a request | over the hand-written proxy | requests/s | generator, cores |");
		System.out.println("| --- | --- | --- | --- | --- |");
		for (Side side : sides) {
			List<Sample> samples = passes.stream().map((pass) -> pass.of(side.name())).toList();
			Ratios costs = new Ratios(
					passes.stream().map((pass) -> pass.of(side.name()).cost() / pass.of(FLOOR).cost()).toList());
			System.out.printf("| %s | %.0f | %.2f (%s) | %.0f | %.2f |%n", side.name(),
					Ratios.median(samples.stream().map(Sample::cost).toList()), costs.median(), costs.interval(),
					Ratios.median(samples.stream().map(Sample::perSecond).toList()),
					Ratios.median(samples.stream().map((sample) -> sample.generator() / sample.seconds()).toList()));
		}
		Ratios check = new Ratios(passes.stream()
			.map((pass) -> pass.of(SIGNED_IN).perSecond() / pass.of(ANONYMOUS).perSecond())
			.toList());
		System.out.printf("Requests/s with a session check over without: %.3f (%s), %d passes%n", check.median(),
				check.interval(), passes.size());
	}

	private static void reportTracing(List<Pass> passes) {
		for (String side : List.of(ANONYMOUS, SIGNED_IN)) {
			Ratios costs = new Ratios(
					passes.stream().map((pass) -> pass.of(side + TRACED).cost() / pass.of(side).cost()).toList());
			System.out.printf("CPU time of the %s over without tracing: %.3f (%s), so %.4f with 1 %% of the requests%n",
					side + TRACED, costs.median(), costs.interval(),
					1 + (costs.median() - 1) * DEFAULT_SHARE / TRACED_SHARE);
		}
	}

}
