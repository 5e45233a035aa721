package dev.agora.feed.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.util.ReflectionTestUtils;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.live.item.LiveViews;
import dev.agora.feed.live.listener.LiveStream;
import dev.agora.feed.live.log.LiveLog;
import dev.agora.feed.live.log.LiveTopics;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.lifecycle.Drain;

import static org.assertj.core.api.Assertions.assertThat;

/** The bounds and the ends of streams. */
class LiveEndsTests extends LiveTest {

	private static final Duration BOUND = Duration.ofSeconds(30);

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private LivePermits permits;

	private final List<TestStream> open = new ArrayList<>();

	private String bob;

	@BeforeEach
	void awaitPlaces() {
		this.bob = members().register("Bob");
		Awaitility.await("the streams of the last test are closed").atMost(BOUND).until(() -> this.permits.open() == 0);
	}

	@AfterEach
	void close() {
		this.open.forEach(TestStream::close);
	}

	/**
	 * An old review becomes an activity when it is edited, at the time of its creation.
	 */
	@Test
	void measuresTheFreshnessOfAnOldActivityFromItsPublication() {
		Timer freshness = this.meters.get("feed.live.freshness").timer();
		long before = freshness.count();
		open(this.bob).requireActivity(members().post(this.bob));
		Awaitility.await("it is measured").atMost(BOUND).until(() -> freshness.count() > before);
		assertThat(freshness.max(TimeUnit.DAYS)).isLessThan(1);
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
			open(members().register("Cleo"));
		}
		TestStream.request(client(members().register("Dan")), null)
			.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.exists("Retry-After");
		this.open.forEach(TestStream::close);
		Awaitility.await("the closed streams are free again").atMost(BOUND).until(() -> this.permits.open() == 0);
		open(this.bob);
	}

	@Test
	void refusesAStreamThatWaitsForMoreAuthorsThanAllowed() {
		String dan = members().register("Dan");
		for (int i = 0; i < 20; i++) {
			members().storeFollow(dan, members().register("Cleo"));
		}
		TestStream.request(client(dan), null)
			.expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.exists("Retry-After");
		assertThat(this.permits.authors()).isZero();
		open(this.bob).close();
		Awaitility.await("the author is free again").atMost(BOUND).until(() -> this.permits.authors() == 0);
	}

	/** An instance that starts while Kafka is unavailable keeps its clients. */
	@Test
	void sendsHeartbeatsUntilTheTopicsAreRead() {
		LiveMembers members = members();
		LiveLog log = new LiveLog(members.part(LiveTopics.class), 10, Clock.systemUTC());
		LiveHub hub = new LiveHub(log, members.part(LiveViews.class), members.part(LiveSettings.class),
				members.part(LiveMeters.class));
		LiveStreams streams = new LiveStreams(hub, members.part(LiveFeeds.class), members.part(LiveEnds.class),
				this.permits, members.part(LiveMeters.class));
		BlockingQueue<ServerSentEvent<String>> events = new LinkedBlockingQueue<>();
		Disposable client = streams
			.open(new Caller(this.bob, "bob", "Bob", 1, "s", false), new LiveStream(this.bob, 8), null)
			.subscribe(events::add);
		Awaitility.await("two heartbeats").atMost(BOUND).until(() -> events.size() >= 2);
		assertThat(events).allMatch((event) -> event.event() == null && event.id() == null);
		hub.onCaughtUp();
		Awaitility.await("ready").atMost(BOUND).until(() -> events.stream().anyMatch(LiveEndsTests::isReady));
		client.dispose();
		hub.destroy();
	}

	private static boolean isReady(ServerSentEvent<String> event) {
		return "ready".equals(event.event());
	}

	@Test
	void aClientThatDoesNotReadIsDroppedAndDelaysNoOther() throws IOException {
		double before = ended("slow");
		String post = members().store(this.bob, "€".repeat(5_000));
		TestStream reader = open(this.bob);
		try (Socket client = new Socket()) {
			client.setReceiveBufferSize(4 << 10);
			client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
			client.getOutputStream().write(request(this.bob).getBytes(StandardCharsets.US_ASCII));
			Awaitility.await("the stream is open").atMost(BOUND).until(() -> this.permits.open() == 2);
			Awaitility.await("it is dropped").atMost(BOUND).pollInterval(Duration.ofMillis(1)).until(() -> {
				members().publish(post, this.bob);
				assertThat(reader.nextActivity()).isEqualTo(post);
				return ended("slow") > before;
			});
			Awaitility.await("its place is free").atMost(BOUND).until(() -> this.permits.open() == 1);
			reader.requireActivity(members().post(this.bob));
		}
	}

	@Test
	void asksClientsToReconnectWhenTheInstanceDrains() {
		Drain drain = members().part(Drain.class);
		TestStream stream = open(this.bob);
		double before = ended("drain");
		try {
			drain.stop();
			assertThat(stream.next("reconnect")).containsEntry("reason", "drain");
			stream.requireEnd();
			Awaitility.await("it is counted").atMost(BOUND).until(() -> ended("drain") > before);
			try (TestStream late = TestStream.open(client(this.bob), stream.lastEventId())) {
				assertThat(late.next("reconnect")).containsEntry("reason", "drain");
				late.requireEnd();
			}
		}
		finally {
			drain.start();
		}
		String missed = members().post(this.bob);
		try (TestStream resumed = TestStream.open(client(this.bob), stream.lastEventId())) {
			assertThat(resumed.nextActivity()).isEqualTo(missed);
		}
	}

	@Test
	void endsTheStreamsOfADeletedMember() {
		TestStream stream = open(this.bob);
		double before = ended("deleted");
		members().delete(this.bob);
		stream.requireEnd();
		Awaitility.await("it is counted").atMost(BOUND).until(() -> ended("deleted") > before);
	}

	@Test
	void aClosedStreamLeavesNothingThatAwaitsItsEnd() {
		LiveStreams streams = members().part(LiveStreams.class);
		Sinks.Empty<?> drain = (Sinks.Empty<?>) Objects
			.requireNonNull(ReflectionTestUtils.getField(members().part(Drain.class), "begun"));
		Caller caller = new Caller(this.bob, "bob", "Bob", 1, "s", false);
		for (int i = 0; i < 100; i++) {
			Disposable client = streams.open(caller, new LiveStream(this.bob, 8), null).subscribe();
			assertThat(drain.currentSubscriberCount()).isPositive();
			client.dispose();
			Awaitility.await("its place is free").atMost(BOUND).until(() -> this.permits.open() == 0);
		}
		assertThat(drain.currentSubscriberCount()).isZero();
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

	@Override
	TestStream open(String member) {
		TestStream stream = super.open(member);
		this.open.add(stream);
		return stream;
	}

	private String request(String member) {
		return "GET /feed/stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n" + Identity.HEADER + ": "
				+ TestFeedApplication.identity(member) + "\r\n\r\n";
	}

}
