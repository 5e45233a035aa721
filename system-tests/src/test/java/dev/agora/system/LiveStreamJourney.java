package dev.agora.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Followers receive every new activity on their live streams, at whichever instance they
 * are, also after a killed instance, a restart and a flushed Redis.
 */
@Order(DoubledSystem.ORDER + 1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveStreamJourney {

	private static final int CLIENTS = 8;

	private static final int POSTS = 20;

	private static Gateway gateway;

	private static Member ann;

	@BeforeAll
	static void startTwoInstances() throws IOException {
		assumeTrue(TestSystem.isOwn(), "It kills processes, so it needs a system that the tests have started.");
		DoubledSystem.require();
		gateway = TestSystem.gateway();
		ann = Member.register(gateway, "Ann");
	}

	@Test
	@Order(1)
	void aMemberReceivesActivitiesFollowersAndEndedJobs() throws IOException {
		Member bob = Member.register(gateway, "Bob");
		try (LiveClient ofAnn = ann.stream(); LiveClient ofBob = bob.stream()) {
			bob.follow(ann);
			Await.until("Ann sees her new follower", Await.SOON, () -> ofAnn.count(bob.id()) == 1);
			String post = ann.post("Hello");
			Await.until("Bob sees the post", Await.SOON, () -> ofBob.count(post) == 1);
			String job = ann
				.send("POST", "/api/v1/products/imports",
						"title,category,price,currency,stock\nA lamp,home,9.90,EUR,1\n", "Content-Type", "text/csv")
				.expect(202)
				.text("id");
			Await.until("Ann sees the ended job", Await.SOON, () -> ofAnn.count(job) == 1);
		}
	}

	@Test
	@Order(2)
	void losesNothingWhenAnInstanceIsKilledOrRestartedOrRedisIsFlushed() throws IOException {
		List<LiveClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < CLIENTS; i++) {
				Member follower = Member.register(gateway, "Follower");
				follower.follow(ann);
				clients.add(follower.stream());
			}
			List<String> posts = new ArrayList<>();
			post(posts);
			String killed = instanceOf(clients.get(0));
			TestSystem.agora("kill", killed);
			post(posts);
			TestSystem.agora("start", killed);
			RedisServers.flush();
			post(posts);
			TestSystem.agora("restart", instanceOf(clients.get(0)));
			post(posts);
			for (LiveClient client : clients) {
				posts.forEach(
						(post) -> Await.until("each client has " + post, Await.SOON, () -> client.count(post) > 0));
				assertThat(posts.stream().filter((post) -> client.count(post) > 1)).as("sent twice").isEmpty();
			}
		}
		finally {
			for (LiveClient client : clients) {
				client.close();
			}
		}
	}

	@Test
	@Order(3)
	void theStreamEndsWithItsSession() throws IOException {
		Member bob = Member.register(gateway, "Bob");
		try (LiveClient stream = bob.stream()) {
			bob.send("DELETE", "/api/v1/sessions/current", null).expect(204);
			Await.until("the stream has ended and is refused", Await.SOON, () -> stream.status() == 401);
		}
	}

	private static String instanceOf(LiveClient client) {
		return client.servedBy().substring(client.servedBy().lastIndexOf('/') + 1);
	}

	private static void post(List<String> posts) {
		for (int i = 0; i < POSTS; i++) {
			posts.add(ann.post("Post " + posts.size()));
		}
	}

}
