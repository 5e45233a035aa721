package dev.agora.system;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A broker or a Redis master is killed under load: no acknowledged post is lost and
 * requests keep succeeding. It needs three brokers and a Redis cluster:
 * {@code -Dagora.engines=distributed}.
 */
class FailoverJourney {

	private static final int MEMBERS = 48;

	private static final int FOLLOWED = 12;

	/** Many times the duration of a fail-over on an idle machine. */
	private static final Duration BOUND = Duration.ofSeconds(15);

	private static Gateway gateway;

	private static FeedWorld world;

	@BeforeAll
	static void fillTheWorld() {
		assumeTrue(TestSystem.isDistributed(),
				"It needs -Dagora.engines=distributed: a single engine has no fail-over.");
		gateway = TestSystem.gateway();
		List<int[]> follows = IntStream.range(0, MEMBERS * FOLLOWED)
			.mapToObj((i) -> new int[] { i / FOLLOWED, (i / FOLLOWED + 1 + i % FOLLOWED) % MEMBERS })
			.toList();
		world = new FeedWorld(gateway, new SocialGraph("ring", MEMBERS, follows));
		world.readAllFeeds();
	}

	@AfterAll
	static void closeTheWorld() {
		if (world != null) {
			world.close();
		}
	}

	/**
	 * The killed broker also leads the controllers, which is the worst case of a
	 * fail-over.
	 */
	@Test
	void aKilledBrokerLosesNothing() throws Exception {
		Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + TestSystem.portOf("kafka"));
		int leader;
		try (Admin admin = Admin.create(settings)) {
			leader = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
		}
		assertNothingLostWithout("kafka-" + leader);
	}

	@Test
	void aKilledRedisMasterLosesNothing() throws Exception {
		assertNothingLostWithout(TestSystem.name(RedisServers.masters().get(0)));
	}

	private static void assertNothingLostWithout(String process) throws Exception {
		List<AvailabilityProbe> probes = probes();
		AvailabilityProbe posts = probes.get(0);
		try {
			awaitMore(posts, 100);
			TestSystem.agora("kill", process);
			awaitMore(posts, 300);
			TestSystem.agora("start", process);
			awaitMore(posts, 100);
		}
		finally {
			finish(probes);
		}
		FeedDifferences differences = world.differencesAfter(Duration.ofSeconds(60));
		System.out.println(process + " killed and started again: " + differences);
		probes.forEach((probe) -> System.out.println("  " + probe));
		assertThat(differences.isNone()).as("%s: %s", process, differences).isTrue();
		assertThat(probes).allSatisfy((probe) -> assertThat(probe.longestGap()).isLessThan(BOUND));
	}

	private static List<AvailabilityProbe> probes() {
		List<Member> members = IntStream.range(0, 6).mapToObj((i) -> Member.register(gateway, "P" + i)).toList();
		Member reader = members.get(0);
		members.subList(1, members.size()).forEach(reader::follow);
		return List.of(new AvailabilityProbe("posts", Duration.ofMillis(50), (number) -> isAcknowledged()),
				new AvailabilityProbe("feed reads", Duration.ofMillis(50),
						(number) -> isRead(members.get(number % members.size()))),
				new AvailabilityProbe("log-ins", Duration.ofMillis(500),
						(number) -> isLoggedIn(members.get(number % members.size()).logIn())),
				new AvailabilityProbe("arrivals in a follower's feed", Duration.ofMillis(200),
						(number) -> arrives(members.get(1 + number % (members.size() - 1)), reader)));
	}

	private static boolean isAcknowledged() {
		world.post(1);
		return true;
	}

	private static boolean isRead(Member member) {
		return member.get("/api/v1/feed").status() == 200;
	}

	private static boolean isLoggedIn(Member member) {
		return member.get("/api/v1/members/me").status() == 200;
	}

	private static boolean arrives(Member author, Member follower) {
		String id = author.post("Is it there yet?");
		Await.until("the post arrives", Duration.ofSeconds(60),
				() -> follower.get("/api/v1/feed").body().toString().contains(id));
		return true;
	}

	private static void awaitMore(AvailabilityProbe posts, int count) {
		int before = posts.succeeded();
		Await.until(count + " more posts are acknowledged", Duration.ofSeconds(90),
				() -> posts.succeeded() >= before + count);
	}

	private static void finish(List<AvailabilityProbe> probes)
			throws InterruptedException, ExecutionException, TimeoutException {
		for (AvailabilityProbe probe : probes) {
			probe.finish();
		}
	}

}
