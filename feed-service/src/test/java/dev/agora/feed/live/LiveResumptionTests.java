package dev.agora.feed.live;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that reconnects with the id of its last event receives what it missed. */
class LiveResumptionTests extends LiveTest {

	/** The value of {@code feed.live.resume}. */
	private static final int RESUME = 30;

	private String ann;

	private String bob;

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = members().register("Ann");
		this.bob = members().register("Bob");
		members().storeFollow(this.bob, this.ann);
	}

	@Test
	void resumesAfterTheLastEvent() {
		String lastEventId;
		try (TestStream stream = open(this.bob)) {
			stream.requireActivity(members().post(this.ann));
			lastEventId = stream.lastEventId();
		}
		List<String> missed = List.of(members().post(this.ann), members().post(this.bob));
		try (TestStream stream = TestStream.open(client(this.bob), lastEventId)) {
			assertThat(stream.nextActivity()).isEqualTo(missed.get(0));
			assertThat(stream.nextActivity()).isEqualTo(missed.get(1));
			assertThat(stream.next("ready")).containsEntry("resumed", true).containsEntry("complete", true);
			stream.requireActivity(members().post(this.ann));
		}
	}

	@Test
	void losesNoActivityThatIsPublishedLaterThanOneWithAHigherId() {
		String early = members().store(this.ann, "stored first, published last");
		String lastEventId;
		try (TestStream stream = open(this.bob)) {
			String late = members().post(this.ann);
			assertThat(late).isGreaterThan(early);
			stream.requireActivity(late);
			lastEventId = stream.lastEventId();
		}
		members().publish(early, this.ann);
		try (TestStream stream = TestStream.open(client(this.bob), lastEventId)) {
			assertThat(stream.nextActivity()).isEqualTo(early);
			stream.next("ready");
		}
	}

	@Test
	void resumesFromTheStoreWhatTheLogHasNoMore() {
		String first = members().store(this.ann, "before the log");
		String second = members().store(this.ann, "before the log too");
		String idOfAnEarlierLog = positionBeforeTheLog();
		try (TestStream stream = TestStream.open(client(this.bob), idOfAnEarlierLog)) {
			assertThat(stream.next("activity")).containsEntry("id", first);
			assertThat(stream.lastEventId()).as("a client that is disconnected here starts again")
				.isEqualTo(idOfAnEarlierLog);
			assertThat(stream.nextActivity()).isEqualTo(second);
			assertThat(stream.next("ready")).containsEntry("resumed", true).containsEntry("complete", true);
			stream.requireActivity(members().post(this.ann));
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
	void resumesTheNewestOfTheLogAndSaysWhetherThatIsAll() {
		String lastEventId;
		try (TestStream stream = open(this.bob)) {
			lastEventId = stream.lastEventId();
		}
		List<String> missed = new ArrayList<>();
		for (int i = 0; i < RESUME; i++) {
			missed.add(members().post(this.ann));
		}
		requireResumed(lastEventId, missed, true);
		missed.add(members().post(this.ann));
		requireResumed(lastEventId, missed.subList(1, missed.size()), false);
	}

	@Test
	void resumesTheNewestOfTheStoreAndSaysThatOthersMayBeMissing() {
		List<String> missed = new ArrayList<>();
		for (int i = 0; i < RESUME; i++) {
			missed.add(members().store(this.ann, "before the log"));
		}
		requireResumed(positionBeforeTheLog(), missed, false);
	}

	@Test
	void eachPositionOfAResumptionLosesAndRepeatsNothing() {
		String lastEventId;
		try (TestStream stream = open(this.bob)) {
			lastEventId = stream.lastEventId();
		}
		List<String> missed = List.of(members().post(this.ann), members().post(this.bob), members().post(this.ann));
		for (String activity : missed) {
			try (TestStream stream = TestStream.open(client(this.bob), lastEventId)) {
				stream.requireActivity(activity);
				lastEventId = stream.lastEventId();
			}
		}
		requireResumed(lastEventId, List.of(), true);
	}

	private void requireResumed(@Nullable String lastEventId, List<String> missed, boolean complete) {
		try (TestStream stream = TestStream.open(client(this.bob), lastEventId)) {
			missed.forEach(stream::requireActivity);
			assertThat(stream.next("ready")).containsEntry("resumed", true).containsEntry("complete", complete);
		}
	}

	/** The id of an event that the client received before this instance had a log. */
	static String positionBeforeTheLog() {
		// The present time, and two partitions of activities at offset 1.
		ByteBuffer bytes = ByteBuffer.allocate(16);
		for (long rest = Instant.now().toEpochMilli(); rest > 0; rest >>>= 7) {
			bytes.put((byte) ((rest > 0x7f) ? (rest & 0x7f) | 0x80 : rest));
		}
		bytes.put((byte) 2).put((byte) 1).put((byte) 1);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
	}

}
