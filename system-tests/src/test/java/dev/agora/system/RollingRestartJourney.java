package dev.agora.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * No request fails while the instances of a system with two instances of each service are
 * restarted one after the other under load. {@code -Dagora.rolling.requests=20000} sets
 * the number of requests.
 */
@Order(DoubledSystem.ORDER + 2)
class RollingRestartJourney {

	private static final int REQUESTS = Integer.getInteger("agora.rolling.requests", 2_000);

	private static final int RATE = Integer.getInteger("agora.rolling.rate", 80);

	private static final int WARM = 400;

	private static final Duration WARM_WITHIN = Duration.ofMinutes(10);

	private static final int MEMBERS = 8;

	private static final String UPGRADED = "feed-service-1";

	@Test
	void noRequestFails() throws Exception {
		assumeTrue(TestSystem.isOwn(), "It restarts processes, so it needs a system that the tests have started.");
		DoubledSystem.require();
		Gateway gateway = TestSystem.gateway();
		List<Member> members = IntStream.range(0, MEMBERS).mapToObj((i) -> Member.register(gateway, "R" + i)).toList();
		members.forEach((member) -> member.follow(members.get((members.indexOf(member) + 1) % MEMBERS)));
		List<String> products = members.stream()
			.map((member) -> member.createProduct("A thing", "5").expect(201).text("id"))
			.toList();
		try (GatewayPair gateways = new GatewayPair(instances("gateway-").toList())) {
			SteadyLoad load = new SteadyLoad(gateways, members, products, RATE);
			int restarts = restartInTurn(load);
			System.out.printf("%d restarts under load: %d requests succeeded, %d failed%n", restarts, load.succeeded(),
					load.failures().size());
			assertThat(load.failures()).isEmpty();
			assertThat(load.succeeded()).isGreaterThanOrEqualTo(REQUESTS);
		}
		assertThat(TestSystem.agora("status"))
			.containsPattern("The instances of feed-service run different builds: .*" + UPGRADED + "=99.0");
	}

	/** Restarts the instances in turn until enough requests were sent. */
	private static int restartInTurn(SteadyLoad load) throws Exception {
		int restarts = 0;
		Path next = nextBuild();
		try {
			Await.until("the system is warm", WARM_WITHIN, () -> load.succeeded() >= WARM);
			load.resetCounts();
			for (int round = 0; load.succeeded() + load.failures().size() < REQUESTS; round++) {
				String number = "-" + (1 + round % 2);
				for (String name : instances("").map(RollingRestartJourney::name)
					.filter((it) -> it.endsWith(number))
					.toList()) {
					load.setPhase("restart of " + name);
					System.out.print(name.equals(UPGRADED) ? TestSystem.agora("restart", name, "--jar", next.toString())
							: TestSystem.agora("restart", name));
					restarts++;
				}
			}
		}
		finally {
			load.finish();
		}
		return restarts;
	}

	/** Copies the program of feed-service as another build. */
	private static Path nextBuild() throws IOException {
		Path target = TestSystem.root().resolve("feed-service/target");
		try (Stream<Path> files = Files.list(target)) {
			Path jar = files.filter((file) -> file.toString().endsWith("-exec.jar")).findFirst().orElseThrow();
			Path next = TestSystem.root().resolve("system-tests/target/feed-service-99.0-exec.jar");
			return Files.copy(jar, next, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** Lists the services and gateways whose names start with a prefix. */
	private static Stream<JsonNode> instances(String prefix) throws IOException {
		return TestSystem.processes()
			.filter((process) -> process.path("managementPort").asInt() > 0 && name(process).startsWith(prefix));
	}

	private static String name(JsonNode process) {
		return process.path("name").asString();
	}

}
