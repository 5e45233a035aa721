package dev.agora.feed.live;

import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.TestFeedApplication;
import dev.agora.platform.testing.WholeResponses;

/** The application of all tests of live streams, with small bounds. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "feed.live.heartbeat=1s", "feed.live.per-instance=8", "feed.live.authors=20",
				"feed.live.queue=16", "feed.live.resume=30", "agora.drain.delay=0s" })
abstract class LiveTest {

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationContext context;

	/** The members of one test. */
	private LiveMembers members;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@BeforeEach
	void startLog() {
		this.members = new LiveMembers(this.context);
		this.members.start();
	}

	LiveMembers members() {
		return this.members;
	}

	int port() {
		return this.port;
	}

	TestStream open(String member) {
		return TestStream.open(client(member), null);
	}

	WebTestClient client(String member) {
		return TestFeedApplication.as(anonymous(), member);
	}

	WebTestClient anonymous() {
		return WholeResponses.client("http://127.0.0.1:" + this.port);
	}

}
