package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Opens many live streams at one instance of feed-service with a small heap, and measures
 * its memory, its CPU time with heartbeats, and how long a post takes to reach all of
 * them.
 */
@Command(name = "streams", description = "Open many live streams at one feed-service with a heap of 128 MiB: memory, "
		+ "CPU time without and with heartbeats and for each event, and the time until all have received a post.")
final class StreamsCost implements Callable<Integer> {

	private static final String SERVICE = "feed-service";

	private static final Duration BOUND = Duration.ofMinutes(3);

	private static final int MEMBERS = 20;

	private static final int IDLE_SECONDS = 10;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--streams", defaultValue = "2000", description = "Number of streams.")
	private int streams;

	@Option(names = "--heap", defaultValue = "128", description = "The maximum heap of the instance in MiB.")
	private int heap;

	@Option(names = "--seconds", defaultValue = "60", description = "Seconds during which heartbeats are measured.")
	private int seconds;

	private final HttpClient http = HttpClient.newHttpClient();

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = this.options.open();
		List<Visitor> visitors = new ArrayList<>();
		for (int i = 0; i < MEMBERS; i++) {
			visitors.add(new Visitor(system.gatewayUrl()));
		}
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the process is in " + logs);
		try (Children children = new Children(logs); OpenStreams open = new OpenStreams()) {
			int port = Children.freePort();
			int management = Children.freePort();
			Process service = children.program(command(system), environment(system, port, management));
			children.awaitReady(URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness"));
			measureIdle(service.pid());
			double cpu = Cpu.ofProcess(service.pid());
			open(open, port, system, visitors);
			measureOpen(service.pid(), open, cpu);
			for (int post = 0; post < 3; post++) {
				publish(service.pid(), visitors.get(0), system, open);
			}
			System.out.printf("after: %d MiB resident, %d streams have ended%n", resident(service.pid()), open.ended());
		}
		return 0;
	}

	private List<String> command(RunningSystem system) {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + this.heap + "m",
				"-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-jar", system.jar(SERVICE).toString());
	}

	private Map<String, String> environment(RunningSystem system, int port, int management) throws IOException {
		Map<String, String> environment = system.environment(SERVICE, port, management, SERVICE + "-measured");
		environment.put("FEED_LIVE_PERMEMBER", String.valueOf(this.streams));
		environment.put("FEED_LIVE_PERINSTANCE", String.valueOf(this.streams));
		return environment;
	}

	private void measureIdle(long pid) throws IOException, InterruptedException {
		TimeUnit.SECONDS.sleep(10);
		System.out.printf("before: %d MiB resident, %.3f cores while idle%n", resident(pid), cores(pid, IDLE_SECONDS));
	}

	private void open(OpenStreams open, int port, RunningSystem system, List<Visitor> visitors)
			throws IOException, InterruptedException {
		for (int i = 0; i < MEMBERS; i++) {
			String identity = InternalIdentity.of(this.http, system, visitors.get(i), SERVICE);
			for (int stream = i; stream < this.streams; stream += MEMBERS) {
				open.open(port, identity);
			}
		}
		await("all streams are ready", () -> open.count("ready") == this.streams);
	}

	/**
	 * Measures the open streams.
	 * @param cpu the CPU seconds of the process before they were opened
	 */
	private void measureOpen(long pid, OpenStreams open, double cpu) throws IOException, InterruptedException {
		System.out.printf("%d streams are open: %d MiB resident, %.2f ms CPU for each%n", this.streams, resident(pid),
				(Cpu.ofProcess(pid) - cpu) * 1000 / this.streams);
		long heartbeats = open.heartbeats();
		double cores = cores(pid, this.seconds);
		System.out.printf("heartbeats: %d, %.3f cores with them; %d streams have ended%n",
				open.heartbeats() - heartbeats, cores, open.ended());
	}

	private static double cores(long pid, int seconds) throws IOException, InterruptedException {
		double before = Cpu.ofProcess(pid);
		TimeUnit.SECONDS.sleep(seconds);
		return (Cpu.ofProcess(pid) - before) / seconds;
	}

	/** The first member's streams receive the post, and those of no other. */
	private void publish(long pid, Visitor author, RunningSystem system, OpenStreams open)
			throws IOException, InterruptedException {
		long expected = open.count("activity") + this.streams / MEMBERS;
		double cpu = Cpu.ofProcess(pid);
		long start = System.nanoTime();
		HttpRequest post = HttpRequest.newBuilder(URI.create(system.gatewayUrl() + "/api/v1/posts"))
			.header("Authorization", author.authorization())
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"measured\"}"))
			.build();
		this.http.send(post, HttpResponse.BodyHandlers.discarding());
		await("the streams have the post", () -> open.count("activity") == expected);
		System.out.printf("a post reached its %d streams in %d ms, %.0f us CPU of this instance for each%n",
				this.streams / MEMBERS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
				(Cpu.ofProcess(pid) - cpu) * 1e6 * MEMBERS / this.streams);
	}

	private static long resident(long pid) throws IOException {
		return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
			.findFirst()
			.orElseThrow();
	}

	private static void await(String what, BooleanSupplier condition) throws InterruptedException {
		long deadline = System.nanoTime() + BOUND.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - deadline > 0) {
				throw new Problem("The bound was exceeded before " + what + ".");
			}
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

}
