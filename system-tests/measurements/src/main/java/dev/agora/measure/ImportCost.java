package dev.agora.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Imports files of products, and shows how long that takes and how much memory. */
@Command(name = "imports", description = "Import a file twice, and then one of 64 MiB: the time, and the memory of the "
		+ "workers. To see that 128 MiB of heap suffice: JAVA_TOOL_OPTIONS=-Xmx128m ./agora up")
final class ImportCost implements Callable<Integer> {

	private static final int LARGEST = 64 << 20;

	/** Nearly the longest description. */
	private static final int DESCRIPTION = 4096;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--file", required = true, description = "A CSV file of products, such as goodbooks-10k.csv.")
	private Path file = Path.of("");

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = this.options.open();
		Visitor seller = new Visitor(system.gatewayUrl());
		byte[] products = Files.readAllBytes(this.file);
		System.out.println("| file | MiB | upload s | job s | created | unchanged | rows/s |");
		System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
		importFile("given", products, seller);
		importFile("given, again", products, seller);
		importFile("generated", largest(), seller);
		system.instances("product-service").forEach(ImportCost::printMemory);
		return 0;
	}

	private static byte[] largest() {
		String text = "x".repeat(DESCRIPTION);
		int count = LARGEST / (DESCRIPTION + 20);
		StringBuilder rows = new StringBuilder(LARGEST).append("title,description\n");
		for (int i = 0; i < count; i++) {
			rows.append("Item ").append(i).append(',').append(text).append('\n');
		}
		return rows.toString().getBytes(StandardCharsets.US_ASCII);
	}

	private static void importFile(String name, byte[] bytes, Visitor seller) throws IOException, InterruptedException {
		long started = System.nanoTime();
		JsonNode job = seller.upload(bytes);
		long uploaded = System.nanoTime();
		job = seller.awaitJob("products", job);
		String state = job.path("state").asString();
		if (!state.equals("SUCCEEDED")) {
			throw new Problem("The import has ended as " + state + ": " + job.at("/error/detail").asString(""));
		}
		JsonNode result = job.path("result");
		if (result.path("failed").asInt() > 0) {
			throw new Problem(result.path("failed") + " rows have failed: " + result);
		}
		double seconds = (System.nanoTime() - uploaded) / 1e9;
		int rows = Stream.of("created", "changed", "unchanged").mapToInt((count) -> result.path(count).asInt()).sum();
		System.out.printf("| %s | %.1f | %.1f | %.1f | %d | %d | %.0f |%n", name, bytes.length / 1048576.0,
				(uploaded - started) / 1e9, seconds, result.path("created").asInt(), result.path("unchanged").asInt(),
				rows / seconds);
	}

	private static void printMemory(String name, RunningSystem.Instance instance) {
		System.out.printf("%n%s: peak of the resident memory %s%n", name, peak(instance.pid()));
	}

	private static String peak(long pid) {
		try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
			return lines.filter((line) -> line.startsWith("VmHWM:"))
				.findFirst()
				.orElse("VmHWM: unknown")
				.substring(6)
				.strip();
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
