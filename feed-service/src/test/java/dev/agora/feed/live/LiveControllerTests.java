package dev.agora.feed.live;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** The events of a member's stream, and its resumption. */
class LiveControllerTests extends LiveTest {

	private String ann;

	private String bob;

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = members().register("Ann");
		this.bob = members().register("Bob");
		members().storeFollow(this.bob, this.ann);
	}

	@Test
	void sendsNewActivitiesOfTheMemberAndOfFollowees() {
		members().post(this.ann);
		try (TestStream stream = open(this.bob)) {
			members().post(members().register("Cleo"));
			String first = members().post(this.ann);
			String own = members().post(this.bob);
			Map<String, Object> activity = stream.next("activity");
			assertThat(activity).containsEntry("id", first).containsEntry("text", "Hello");
			assertThat(activity.get("author")).extracting("id").isEqualTo(this.ann);
			assertThat(stream.nextActivity()).isEqualTo(own);
		}
	}

	@Test
	void aFollowAddsTheAuthorAndAnUnfollowRemovesThem() {
		String cleo = members().register("Cleo");
		try (TestStream stream = open(this.bob)) {
			members().follow("started", this.bob, cleo);
			stream.requireActivity(members().post(cleo));
			members().follow("ended", this.bob, cleo);
			members().post(cleo);
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void sendsAnActivityThatArrivesBeforeTheFollowThatItCameAfter() {
		String cleo = members().register("Cleo");
		String old = members().store(cleo, "before the follow");
		try (TestStream stream = open(this.bob)) {
			String post = members().store(cleo, "after the follow");
			members().publish(old, cleo, Instant.now().minusSeconds(60));
			members().publish(post, cleo, Instant.now().plusSeconds(60));
			members().follow("started", this.bob, cleo);
			assertThat(stream.nextActivity()).isEqualTo(post);
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void knowsAFollowThatTheStoreDoesNotHaveYet() {
		String cleo = members().register("Cleo");
		members().follow("started", this.bob, cleo);
		try (TestStream stream = open(this.bob)) {
			stream.requireActivity(members().post(cleo));
		}
	}

	@Test
	void tellsAMemberAboutANewFollowerAndAnEndedJob() {
		try (TestStream stream = open(this.ann)) {
			members().follow("started", this.bob, this.ann);
			assertThat(stream.next("follower").get("member")).extracting("id", "name").containsExactly(this.bob, "Bob");
			String lastEventId = stream.lastEventId();
			members().endJob("0H00000000001", this.ann);
			members().endJob("0H00000000002", this.bob);
			assertThat(stream.next("job")).containsEntry("id", "0H00000000001")
				.containsEntry("state", "SUCCEEDED")
				.containsEntry("path", "/api/v1/products/jobs/0H00000000001");
			try (TestStream resumed = TestStream.open(client(this.ann), lastEventId)) {
				assertThat(resumed.next("job")).containsEntry("id", "0H00000000001");
			}
		}
	}

	@Test
	void aHeartbeatMovesThePositionOfAQuietStream() {
		try (TestStream stream = open(this.bob)) {
			String ready = stream.lastEventId();
			members().post(members().register("Cleo"));
			while (Objects.equals(stream.lastEventId(), ready)) {
				assertThat(stream.poll().event()).as("a heartbeat").isNull();
			}
		}
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

}
