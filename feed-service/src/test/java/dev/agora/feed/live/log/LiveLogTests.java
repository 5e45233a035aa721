package dev.agora.feed.live.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.feed.activity.Activities;
import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.testing.AdjustableClock;

import static org.assertj.core.api.Assertions.assertThat;

class LiveLogTests {

	private final LiveLog log = new LiveLog(new LiveTopics(JsonMapper.shared()), 3, Clock.systemUTC());

	@BeforeEach
	void assign() {
		this.log.assign(new TopicPartition(Activities.TOPIC, 0), 10);
		this.log.assign(new TopicPartition(Activities.TOPIC, 1), 0);
	}

	@Test
	void listsWhatAClientLacksInTheOrderOfArrival() {
		this.log.add(LiveRecords.published(0, 10, "a", "ann"));
		Position first = this.log.position();
		this.log.add(LiveRecords.published(1, 0, "b", "ann"));
		this.log.add(LiveRecords.published(0, 11, "c", "bob"));
		assertThat(idsAfter(first)).containsExactly("b", "c");
		List<LiveLog.Sent> sent = this.log.listAfter(first, (event) -> true);
		assertThat(idsAfter(sent.get(0).position())).containsExactly("c");
		assertThat(idsAfter(sent.get(1).position())).isEmpty();
	}

	@Test
	void anotherInstanceResumesWhereThePartitionsArrivedInAnotherOrder() {
		this.log.add(LiveRecords.published(0, 10, "a", "ann"));
		Position first = this.log.position();
		LiveLog other = new LiveLog(new LiveTopics(JsonMapper.shared()), 3, Clock.systemUTC());
		other.assign(new TopicPartition(Activities.TOPIC, 0), 10);
		other.assign(new TopicPartition(Activities.TOPIC, 1), 0);
		other.add(LiveRecords.published(1, 0, "b", "ann"));
		other.add(LiveRecords.published(0, 10, "a", "ann"));
		Position sent = Position.decode(first.encode()).orElseThrow();
		assertThat(other.hasActivitiesSince(sent)).isTrue();
		assertThat(other.listAfter(sent, (event) -> true)).extracting((each) -> each.event())
			.singleElement()
			.isInstanceOfSatisfying(LiveEvent.Published.class,
					(published) -> assertThat(published.activity()).isEqualTo("b"));
	}

	@Test
	void listsTheSameAsAScanOfAllEvents() {
		Random random = new Random(7);
		List<Position> positions = new ArrayList<>(List.of(this.log.position()));
		long[] offsets = { 10, 0 };
		LiveLog newest = new LiveLog(new LiveTopics(JsonMapper.shared()), 100, Clock.systemUTC());
		for (int i = 0; i < 150; i++) {
			int partition = random.nextInt(2);
			// Some records are none of an activity, so the offsets have gaps.
			offsets[partition] += random.nextInt(3) + 1L;
			newest.add(LiveRecords.published(partition, offsets[partition], "a" + i, "ann"));
			positions.add(newest.position());
		}
		for (Position position : positions) {
			assertThat(newest.listAfter(position, (event) -> true)).extracting(LiveLog.Sent::event)
				.isEqualTo(lastOf(newest, positions.size() - 1 - positions.indexOf(position)));
		}
	}

	private static List<LiveEvent> lastOf(LiveLog log, int number) {
		List<LiveEvent> kept = log.list((event) -> true);
		return kept.subList(Math.max(0, kept.size() - number), kept.size());
	}

	@Test
	void isIncompleteOnceAnActivityAfterThePositionWasDropped() {
		Position start = this.log.position();
		for (int offset = 10; offset < 13; offset++) {
			this.log.add(LiveRecords.published(0, offset, "a" + offset, "ann"));
		}
		assertThat(this.log.hasActivitiesSince(start)).isTrue();
		this.log.add(LiveRecords.published(1, 0, "b", "ann"));
		assertThat(this.log.hasActivitiesSince(start)).isFalse();
		assertThat(this.log.isCompleteSince(this.log.position())).isTrue();
	}

	@Test
	void floodsOfOtherTopicsDropNoActivity() {
		Position start = this.log.position();
		this.log.add(LiveRecords.published(0, 10, "a", "ann"));
		for (int offset = 0; offset < 10; offset++) {
			this.log.add(LiveRecords.follow(offset, "started", "bob", "ann"));
		}
		assertThat(this.log.hasActivitiesSince(start)).isTrue();
		assertThat(this.log.isCompleteSince(start)).isFalse();
	}

	@Test
	void noticesThatATopicWasCreatedAgain() {
		this.log.add(LiveRecords.published(0, 10, "old", "ann"));
		Position before = this.log.position();
		this.log.add(LiveRecords.published(0, 0, "new", "ann"));
		assertThat(this.log.hasActivitiesSince(before)).as("the offsets of the client are of the old topic").isFalse();
		assertThat(this.log.list((event) -> true)).hasSize(1);
	}

	/** The relay may send an event twice, and the second record after later events. */
	@Test
	void keepsAnEventOnceAndNoneThatIsOlderThanAKeptOne() {
		ConsumerRecord<String, byte[]> post = LiveRecords.published(0, 10, "a", "ann");
		ConsumerRecord<String, byte[]> started = LiveRecords.follow(1, "started", "bob", "ann");
		this.log.add(post);
		this.log.add(started);
		this.log.add(LiveRecords.follow(2, "ended", "bob", "ann"));
		assertThat(this.log.add(LiveRecords.again(post, 11))).isEmpty();
		assertThat(this.log.add(LiveRecords.again(started, 3))).isEmpty();
		assertThat(this.log.list((event) -> true)).extracting((event) -> event.getClass().getSimpleName())
			.containsExactly("Published", "Followed", "Unfollowed");
	}

	@Test
	void forgetsTheVersionsOfDroppedEvents() {
		ConsumerRecord<String, byte[]> post = LiveRecords.published(0, 10, "a", "ann");
		this.log.add(post);
		for (int offset = 11; offset < 14; offset++) {
			this.log.add(LiveRecords.published(0, offset, "a" + offset, "ann"));
		}
		assertThat(this.log.add(LiveRecords.again(post, 14))).as("its memory is bounded").isPresent();
	}

	@Test
	void skipsADeadLetterThatIsReplayedForAConsumerGroup() {
		ConsumerRecord<String, byte[]> replayed = LiveRecords.published(0, 10, "a", "ann");
		RecordHeaders headers = new RecordHeaders();
		EventHeaders.put(headers, EventHeaders.REPLAY_FOR, "feed.timelines");
		headers.forEach(replayed.headers()::add);
		assertThat(this.log.add(replayed)).isEmpty();
	}

	@Test
	void skipsWhatItCannotRead() {
		this.log.add(LiveRecords.record(Activities.TOPIC, 0, 10, "a", "activity.published", "{"));
		this.log.add(LiveRecords.record(Activities.TOPIC, 0, 11, "a", "activity.published", "{\"verb\": 1}"));
		this.log.add(LiveRecords.record(Activities.TOPIC, 0, 12, "a", "activity.unknown", "{}"));
		assertThat(this.log.list((event) -> true)).isEmpty();
		assertThat(this.log.position().next(new TopicPartition(Activities.TOPIC, 0))).isEqualTo(13);
	}

	/** While the brokers are unavailable, nothing arrives and a position stands still. */
	@Test
	void aPositionIsAsOldAsTheLastRecordOfActivities() {
		AdjustableClock clock = new AdjustableClock();
		LiveLog outage = new LiveLog(new LiveTopics(JsonMapper.shared()), 3, clock);
		clock.advance(Duration.ofMinutes(1));
		outage.assign(new TopicPartition(Activities.TOPIC, 0), 10);
		Instant assigned = clock.instant();
		clock.advance(Duration.ofMinutes(30));
		outage.add(LiveRecords.follow(1, "started", "bob", "ann"));
		assertThat(outage.position().at()).isEqualTo(assigned);
		// A watermark is no event of streams, and shows as well that nothing is missing.
		outage.add(LiveRecords.record(Activities.TOPIC, 0, 10, "watermark", "watermark", "{}"));
		assertThat(outage.position().at()).isEqualTo(clock.instant());
	}

	private List<String> idsAfter(Position position) {
		return this.log.listAfter(position, LiveEvent.Published.class::isInstance)
			.stream()
			.map((sent) -> ((LiveEvent.Published) sent.event()).activity())
			.toList();
	}

}
