package dev.agora.feed.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.TestFeedApplication;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.sse.StreamPermits;

import static org.assertj.core.api.Assertions.assertThat;

/** The bounds and the ends of streams. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "feed.live.heartbeat=1s", "feed.live.per-instance=8", "feed.live.queue=16",
				"agora.drain.delay=0s" })
class LiveEndsTests {

	private static final Duration BOUND = Duration.ofSeconds(30);

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationContext context;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private StreamPermits permits;

	private final List<TestStream> open = new ArrayList<>();

	private LiveMembers members;

	private String bob;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@BeforeEach
	void start() {
		this.members = new LiveMembers(this.context);
		this.members.start();
		this.bob = this.members.register("Bob");
		Awaitility.await("the streams of the last test are closed").atMost(BOUND).until(() -> this.permits.open() == 0);
	}

	@AfterEach
	void close() {
		this.open.forEach(TestStream::close);
	}

	@Test
	void refusesMoreStreamsOfAMemberAndMoreInAllThanAllowed() {
		for (int i = 0; i < 5; i++) {
			open(this.bob);
		}
		TestStream.request(client(this.bob), null)
			.expectStatus()
			.isEqualTo(HttpStatus.TOO_MANY_REQUESTS)
			.expectHeader()
			.exists("Retry-After");
		for (int i = 0; i < 3; i++) {
			open(this.members.register("Cleo"));
		}
		TestStream.request(client(this.members.register("Dan")), null)
			.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.exists("Retry-After");
		this.open.forEach(TestStream::close);
		Awaitility.await("the closed streams are free again").atMost(BOUND).until(() -> this.permits.open() == 0);
		open(this.bob);
	}

	@Test
	void aClientThatDoesNotReadIsDroppedAndDelaysNoOther() throws IOException {
		double before = ended("slow");
		String post = this.members.store(this.bob, "€".repeat(5_000));
		TestStream reader = open(this.bob);
		try (Socket client = new Socket()) {
			client.setReceiveBufferSize(4 << 10);
			client.connect(new InetSocketAddress("127.0.0.1", this.port));
			client.getOutputStream().write(request(this.bob).getBytes(StandardCharsets.US_ASCII));
			Awaitility.await("the stream is open").atMost(BOUND).until(() -> this.permits.open() == 2);
			Awaitility.await("it is dropped").atMost(BOUND).pollInterval(Duration.ofMillis(1)).until(() -> {
				this.members.publish(post, this.bob);
				assertThat(reader.nextActivity()).isEqualTo(post);
				return ended("slow") > before;
			});
			Awaitility.await("its place is free").atMost(BOUND).until(() -> this.permits.open() == 1);
			reader.requireActivity(this.members.post(this.bob));
		}
	}

	@Test
	void asksClientsToReconnectWhenTheInstanceDrains() {
		Drain drain = this.context.getBean(Drain.class);
		TestStream stream = open(this.bob);
		double before = ended("drain");
		try {
			drain.stop();
			assertThat(stream.next("reconnect")).containsEntry("reason", "drain");
			stream.requireEnd();
			assertThat(ended("drain")).isGreaterThan(before);
			try (TestStream late = TestStream.open(client(this.bob), stream.lastEventId())) {
				assertThat(late.next("reconnect")).containsEntry("reason", "drain");
				late.requireEnd();
			}
		}
		finally {
			drain.start();
		}
		String missed = this.members.post(this.bob);
		try (TestStream resumed = TestStream.open(client(this.bob), stream.lastEventId())) {
			assertThat(resumed.nextActivity()).isEqualTo(missed);
		}
	}

	@Test
	void endsTheStreamsOfADeletedMember() {
		TestStream stream = open(this.bob);
		double before = ended("deleted");
		this.members.delete(this.bob);
		stream.requireEnd();
		assertThat(ended("deleted")).isGreaterThan(before);
	}

	@Test
	void countsAClientThatLeaves() {
		double before = ended("client");
		open(this.bob).close();
		Awaitility.await("it is counted").atMost(BOUND).until(() -> ended("client") > before);
	}

	private double ended(String reason) {
		return this.meters.counter("feed.live.ended", "reason", reason).count();
	}

	private TestStream open(String member) {
		TestStream stream = TestStream.open(client(member), null);
		this.open.add(stream);
		return stream;
	}

	private String request(String member) {
		return "GET /feed/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n" + Identity.HEADER + ": "
				+ TestFeedApplication.identity(member) + "\r\n\r\n";
	}

	private WebTestClient client(String member) {
		return TestFeedApplication.as(WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + this.port).build(),
				member);
	}

}
