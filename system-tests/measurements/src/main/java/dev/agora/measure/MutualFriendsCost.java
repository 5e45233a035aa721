package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import redis.clients.jedis.Jedis;

/**
 * Measures mutual friends from graph-service alone against redis-benchmark with the same
 * SINTER, then the memory of the sets, and the loads from MongoDB after a flush.
 */
@Command(name = "mutual", description = "Compare mutual friends of graph-service with redis-benchmark of the same "
		+ "SINTER, then flush Redis under load and count the loads from MongoDB.")
final class MutualFriendsCost implements Callable<Integer> {

	private static final String SERVICE = "graph-service";

	private static final int WARM_UP_WINDOWS = 5;

	private static final int WARM_UP_SECONDS = 10;

	private static final Pattern LOADS = Pattern
		.compile("graph_sets_loads_seconds_count\\{[^}]*result=\"(?:stored|discarded)\"[^}]*} ([0-9.E]+)");

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--members", defaultValue = "80", description = "Number of members; each has half as many friends.")
	private int members;

	@Option(names = "--rounds", defaultValue = "8", description = "Number of pairs of measurements.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "4", description = "Seconds per measurement of the service.")
	private int seconds;

	@Option(names = "--any-load", description = "Also count passes during which other processes were busy.")
	private boolean anyLoad;

	private final HttpClient http = HttpClient.newHttpClient();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RedisBenchmark.require();
		RunningSystem system = this.options.open();
		RunningSystem.Instance server = system.instances("redis").values().iterator().next();
		FriendCircle circle = new FriendCircle(system, this.members);
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the process is in " + logs);
		try (Children children = new Children(logs)) {
			int port = Children.freePort();
			int management = Children.freePort();
			Process service = children.jar(system.jar(SERVICE),
					system.environment(SERVICE, port, management, SERVICE + "-measured"));
			children.awaitReady(local(management, "/actuator/health/readiness"));
			compare(circle, service.pid(), local(port, circle.path(1)), system);
			printSizes(circle, new Redis(server));
			printMemory(circle, new Redis(server));
			flush(circle, port, management, new Redis(server));
		}
		return 0;
	}

	private void compare(FriendCircle circle, long service, URI target, RunningSystem system)
			throws IOException, InterruptedException {
		RunningSystem.Instance server = system.instances("redis").values().iterator().next();
		Path script = Files.writeString(Files.createTempFile("agora", ".lua"), Wrk.inTurn(circle.paths()));
		for (int window = 0; window < WARM_UP_WINDOWS; window++) {
			Wrk.load(side(circle, service, target, script), server.pid(), WARM_UP_SECONDS);
		}
		MutualFriendsPasses passes = new MutualFriendsPasses(this.anyLoad);
		for (int round = 0; round < this.rounds; round++) {
			// Identities come from session-service, which is suspended during the pass.
			Side side = side(circle, service, target, script);
			SuspendedServices idle = new SuspendedServices(system);
			try {
				Sample before = sinter(circle, server);
				Sample sample = Wrk.load(side, server.pid(), this.seconds);
				passes.add(sample, before, sinter(circle, server));
			}
			finally {
				idle.close();
			}
		}
		passes.print();
	}

	/** An identity is valid for a minute, so each load has a new one. */
	private static Side side(FriendCircle circle, long service, URI target, Path script)
			throws IOException, InterruptedException {
		return new Side("graph-service, mutual friends", service, target, circle.headers(), script);
	}

	private static Sample sinter(FriendCircle circle, RunningSystem.Instance server)
			throws IOException, InterruptedException {
		return RedisBenchmark.load(server.pid(), URI.create(server.url()).getPort(), 50_000, "SINTER",
				key(circle.id(0)), key(circle.id(1)));
	}

	/** All sets have about the same size, and so have all intersections. */
	private void printSizes(FriendCircle circle, Redis redis) {
		String own = key(circle.id(0));
		try (Jedis client = redis.connect()) {
			double common = IntStream.range(1, this.members)
				.map((member) -> client.sinter(own, key(circle.id(member))).size())
				.average()
				.orElseThrow();
			System.out.printf(
					"%d pairs in turn: %d friends of the viewer, %.1f mutual friends a pair; redis-benchmark: %d%n",
					this.members - 1, client.scard(own) - 1, common - 1,
					client.sinter(own, key(circle.id(1))).size() - 1);
		}
	}

	private static String key(String member) {
		return "graph:friends:v1:{" + member + "}";
	}

	private void printMemory(FriendCircle circle, Redis redis) {
		long bytes = 0;
		long ids = 0;
		try (Jedis client = redis.connect()) {
			for (int member = 0; member < this.members; member++) {
				String key = key(circle.id(member));
				long size = client.scard(key);
				if (size > 0) {
					ids += size - 1;
					bytes += client.memoryUsage(key) + client.memoryUsage(key + ":state");
				}
			}
		}
		System.out.printf("memory: %d bytes for %d ids of friends, %.1f bytes an id with keys and states%n", bytes, ids,
				(double) bytes / Math.max(1, ids));
	}

	private void flush(FriendCircle circle, int port, int management, Redis redis)
			throws IOException, InterruptedException {
		List<String> paths = circle.paths();
		try (Readers load = new Readers(List.of(local(port, "")), paths, 64, circle.headers())) {
			load.awaitEachRead(2, Duration.ofSeconds(60));
			double before = loads(management);
			redis.flush();
			load.awaitEachRead(3, Duration.ofSeconds(60));
			System.out.printf("flush: %.0f loads from MongoDB for %d sets; %d requests, %d of them failed%n",
					loads(management) - before, this.members, load.responses() + load.failures(), load.failures());
		}
	}

	private double loads(int management) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(local(management, "/actuator/prometheus")).build();
		Matcher found = LOADS.matcher(this.http.send(request, HttpResponse.BodyHandlers.ofString()).body());
		double sum = 0;
		while (found.find()) {
			sum += Double.parseDouble(found.group(1));
		}
		return sum;
	}

	private static URI local(int port, String path) {
		return URI.create("http://127.0.0.1:" + port + path);
	}

}
