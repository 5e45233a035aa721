package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures reads of cached products from product-service alone against a server that
 * returns the same bytes from memory.
 */
@Command(name = "reads",
		description = "Compare cached reads of product-service with a server that returns the same bytes from memory.")
final class ReadCost implements Callable<Integer> {

	private static final String SERVICE = "product-service";

	private static final String FLOOR = "bytes from memory";

	private static final String ONE = "product-service, one product";

	private static final String MANY = "product-service, all products in turn";

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--products", defaultValue = "200", description = "Number of products that are read in turn.")
	private int products;

	@Option(names = "--rounds", defaultValue = "4",
			description = "Number of rounds; each measures all sides twice, forwards and backwards.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "4", description = "Seconds per measurement of one side.")
	private int seconds;

	@Option(names = "--any-load", description = "Also count passes during which other processes were busy.")
	private boolean anyLoad;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RunningSystem system = this.options.open();
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the processes is in " + logs);
		try (Children children = new Children(logs)) {
			List<Side> sides = sides(children, system, logs);
			long redis = system.instances("redis").values().iterator().next().pid();
			for (Side side : sides) {
				WarmUp.untilSettled(side, redis, Sample::cost);
			}
			report(sides, new Passes(this.rounds, this.seconds, this.anyLoad).measure(sides, redis));
		}
		return 0;
	}

	private List<Side> sides(Children children, RunningSystem system, Path logs)
			throws IOException, InterruptedException {
		List<String> paths = new Visitor(system.gatewayUrl()).newProducts(this.products);
		int port = Children.freePort();
		Process service = children.jar(system.jar(SERVICE),
				system.environment(SERVICE, port, Children.freePort(), SERVICE + "-measured"));
		URI one = local(port, paths.get(0));
		children.awaitReady(one);
		Path script = Files.writeString(logs.resolve("paths.lua"), Wrk.inTurn(paths));
		HttpResponse<String> product = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(one).build(), HttpResponse.BodyHandlers.ofString());
		return List.of(floor(children, logs, product), new Side(ONE, service.pid(), one, Map.of()),
				new Side(MANY, service.pid(), one, Map.of(), script));
	}

	private static Side floor(Children children, Path logs, HttpResponse<String> product)
			throws IOException, InterruptedException {
		Path body = Files.writeString(logs.resolve("product.json"), product.body(), StandardCharsets.UTF_8);
		String etag = product.headers().firstValue("ETag").orElseThrow();
		int port = Children.freePort();
		Process process = children.role("stored-response", "--port", String.valueOf(port), "--body", body.toString(),
				"--etag", etag);
		URI address = local(port, "/");
		children.awaitReady(address);
		return new Side(FLOOR, process.pid(), address, Map.of());
	}

	private static URI local(int port, String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

	private static void report(List<Side> sides, List<Pass> passes) {
		System.out.println(
				"| side | CPU µs a request | requests/s | of the bytes from memory (95 %) | cores of the generator |");
		System.out.println("| --- | --- | --- | --- | --- |");
		for (Side side : sides) {
			List<Sample> samples = passes.stream().map((pass) -> pass.of(side.name())).toList();
			Ratios shares = new Ratios(passes.stream()
				.map((pass) -> pass.of(side.name()).perSecond() / pass.of(FLOOR).perSecond())
				.toList());
			System.out.printf("| %s | %.1f | %.0f | %.2f (%s) | %.2f |%n", side.name(),
					Ratios.median(samples.stream().map(Sample::cost).toList()),
					Ratios.median(samples.stream().map(Sample::perSecond).toList()), shares.median(), shares.interval(),
					Ratios.median(samples.stream().map(Sample::generatorCores).toList()));
		}
	}

}
