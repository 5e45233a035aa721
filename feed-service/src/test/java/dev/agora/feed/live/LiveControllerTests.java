package dev.agora.feed.live;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.activity.Activities;
import dev.agora.feed.audience.Block;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.HiddenMembersCache;

import static org.assertj.core.api.Assertions.assertThat;

/** The events of a member's stream, and its resumption. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "feed.live.heartbeat=1s", "feed.live.per-instance=8", "feed.live.queue=16",
				"agora.drain.delay=0s" })
class LiveControllerTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationContext context;

	private LiveMembers members;

	private String ann;

	private String bob;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@BeforeEach
	void bobFollowsAnn() {
		this.members = new LiveMembers(this.context);
		this.members.start();
		this.ann = this.members.register("Ann");
		this.bob = this.members.register("Bob");
		this.members.storeFollow(this.bob, this.ann);
	}

	@Test
	void sendsNewActivitiesOfTheMemberAndOfFollowees() {
		this.members.post(this.ann);
		try (TestStream stream = open(this.bob)) {
			this.members.post(this.members.register("Cleo"));
			String first = this.members.post(this.ann);
			String own = this.members.post(this.bob);
			Map<String, Object> activity = stream.next("activity");
			assertThat(activity).containsEntry("id", first).containsEntry("text", "Hello");
			assertThat(activity.get("author")).extracting("id").isEqualTo(this.ann);
			assertThat(stream.nextActivity()).isEqualTo(own);
		}
	}

	@Test
	void resumesAfterTheLastEvent() {
		String lastEventId;
		try (TestStream stream = open(this.bob)) {
			stream.requireActivity(this.members.post(this.ann));
			lastEventId = stream.lastEventId();
		}
		List<String> missed = List.of(this.members.post(this.ann), this.members.post(this.bob));
		try (TestStream stream = TestStream.open(client(this.bob), lastEventId)) {
			assertThat(stream.nextActivity()).isEqualTo(missed.get(0));
			assertThat(stream.nextActivity()).isEqualTo(missed.get(1));
			assertThat(stream.next("ready")).containsEntry("resumed", true).containsEntry("complete", true);
			stream.requireActivity(this.members.post(this.ann));
		}
	}

	@Test
	void losesNoActivityThatIsPublishedLaterThanOneWithAHigherId() {
		String early = this.members.store(this.ann, "stored first, published last");
		String lastEventId;
		try (TestStream stream = open(this.bob)) {
			String late = this.members.post(this.ann);
			assertThat(late).isGreaterThan(early);
			stream.requireActivity(late);
			lastEventId = stream.lastEventId();
		}
		this.members.publish(early, this.ann);
		try (TestStream stream = TestStream.open(client(this.bob), lastEventId)) {
			assertThat(stream.nextActivity()).isEqualTo(early);
			stream.next("ready");
		}
	}

	@Test
	void resumesFromTheStoreWhatTheLogHasNoMore() {
		String first = this.members.store(this.ann, "before the log");
		String second = this.members.store(this.ann, "before the log too");
		String idOfAnEarlierLog = positionBeforeTheLog();
		try (TestStream stream = TestStream.open(client(this.bob), idOfAnEarlierLog)) {
			assertThat(stream.next("activity")).containsEntry("id", first);
			assertThat(stream.lastEventId()).as("a client that is disconnected here starts again")
				.isEqualTo(idOfAnEarlierLog);
			assertThat(stream.nextActivity()).isEqualTo(second);
			assertThat(stream.next("ready")).containsEntry("resumed", true).containsEntry("complete", true);
			stream.requireActivity(this.members.post(this.ann));
		}
	}

	@Test
	void aFollowAddsTheAuthorAndAnUnfollowRemovesThem() {
		String cleo = this.members.register("Cleo");
		try (TestStream stream = open(this.bob)) {
			this.members.follow("started", this.bob, cleo);
			stream.requireActivity(this.members.post(cleo));
			this.members.follow("ended", this.bob, cleo);
			this.members.post(cleo);
			stream.requireActivity(this.members.post(this.ann));
		}
	}

	@Test
	void sendsAnActivityThatArrivesBeforeTheFollowThatItCameAfter() {
		String cleo = this.members.register("Cleo");
		String old = this.members.store(cleo, "before the follow");
		try (TestStream stream = open(this.bob)) {
			String post = this.members.store(cleo, "after the follow");
			this.members.publish(old, cleo, Instant.now().minusSeconds(60));
			this.members.publish(post, cleo, Instant.now().plusSeconds(60));
			this.members.follow("started", this.bob, cleo);
			assertThat(stream.nextActivity()).isEqualTo(post);
			stream.requireActivity(this.members.post(this.ann));
		}
	}

	@Test
	void knowsAFollowThatTheStoreDoesNotHaveYet() {
		String cleo = this.members.register("Cleo");
		this.members.follow("started", this.bob, cleo);
		try (TestStream stream = open(this.bob)) {
			stream.requireActivity(this.members.post(cleo));
		}
	}

	@Test
	void aBlockHidesEachMemberFromTheOther() {
		this.members.storeFollow(this.ann, this.bob);
		try (TestStream ofBob = open(this.bob); TestStream ofAnn = open(this.ann)) {
			this.members.block(this.ann, this.bob);
			String byAnn = this.members.post(this.ann);
			String byBob = this.members.post(this.bob);
			assertThat(ofBob.nextActivity()).isEqualTo(byBob);
			assertThat(ofAnn.nextActivity()).isEqualTo(byAnn);
			String lastEventId = ofBob.lastEventId();
			this.members.post(this.ann);
			String afterwards = this.members.post(this.bob);
			try (TestStream resumed = TestStream.open(client(this.bob), lastEventId)) {
				assertThat(resumed.nextActivity()).isEqualTo(afterwards);
			}
		}
	}

	@Test
	void doesNotSendADeletedActivity() {
		String deleted = this.members.store(this.ann, "deleted before its event arrives");
		this.members.part(Activities.class).delete(deleted, this.ann).block();
		try (TestStream stream = open(this.bob)) {
			this.members.publish(deleted, this.ann);
			stream.requireActivity(this.members.post(this.ann));
		}
	}

	@Test
	void tellsAMemberAboutANewFollowerAndAnEndedJob() {
		try (TestStream stream = open(this.ann)) {
			this.members.follow("started", this.bob, this.ann);
			assertThat(stream.next("follower").get("member")).extracting("id", "name").containsExactly(this.bob, "Bob");
			String lastEventId = stream.lastEventId();
			this.members.endJob("0H00000000001", this.ann);
			this.members.endJob("0H00000000002", this.bob);
			assertThat(stream.next("job")).containsEntry("id", "0H00000000001")
				.containsEntry("state", "SUCCEEDED")
				.containsEntry("path", "/api/v1/products/jobs/0H00000000001");
			try (TestStream resumed = TestStream.open(client(this.ann), lastEventId)) {
				assertThat(resumed.next("job")).containsEntry("id", "0H00000000001");
			}
		}
	}

	@Test
	void doesNotTellAboutAFollowerWhomABlockHides() {
		this.members.part(BlockProjection.class).upsert(new Block(this.ann, this.bob), 1).block();
		this.members.part(HiddenMembersCache.class).evict(this.ann).block();
		try (TestStream stream = open(this.ann)) {
			this.members.follow("started", this.bob, this.ann);
			stream.requireActivity(this.members.post(this.ann));
		}
	}

	@Test
	void aHeartbeatMovesThePositionOfAQuietStream() {
		try (TestStream stream = open(this.bob)) {
			String ready = stream.lastEventId();
			this.members.post(this.members.register("Cleo"));
			while (Objects.equals(stream.lastEventId(), ready)) {
				assertThat(stream.poll().event()).as("a heartbeat").isNull();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "1.5", "0H00000000001", "99999999999999999999" })
	void returns400ForAnUnknownEventId(String id) {
		TestStream.request(client(this.bob), id)
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("Last-Event-ID");
	}

	@Test
	void returns401WithoutASession() {
		TestStream.request(anonymous(), null).expectStatus().isUnauthorized();
	}

	@Test
	void returns406ToAClientThatDoesNotAcceptEvents() {
		client(this.bob).get()
			.uri("/feed/stream")
			.accept(MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isEqualTo(406);
	}

	@Test
	void aRequestForTheHeadEnds() {
		client(this.bob).head()
			.uri("/feed/stream")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.isEmpty();
	}

	@Test
	void tellsProxiesNotToStoreOrBufferEvents() {
		ResponseSpec response = TestStream.request(client(this.bob), null);
		try (TestStream stream = TestStream.read(response)) {
			stream.next("ready");
			response.expectHeader().valueEquals("Cache-Control", "no-store");
			response.expectHeader().valueEquals("X-Accel-Buffering", "no");
			response.expectHeader().contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM);
		}
	}

	/** The id of an event that the client received before this instance had a log. */
	private static String positionBeforeTheLog() {
		// The present time, and two partitions of activities at offset 1.
		ByteBuffer bytes = ByteBuffer.allocate(16);
		for (long rest = Instant.now().toEpochMilli(); rest > 0; rest >>>= 7) {
			bytes.put((byte) ((rest > 0x7f) ? (rest & 0x7f) | 0x80 : rest));
		}
		bytes.put((byte) 2).put((byte) 1).put((byte) 1);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
	}

	private TestStream open(String member) {
		return TestStream.open(client(member), null);
	}

	private WebTestClient client(String member) {
		return TestFeedApplication.as(anonymous(), member);
	}

	private WebTestClient anonymous() {
		return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + this.port).build();
	}

}
