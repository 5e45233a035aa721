package dev.agora.feed.live;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.live.item.LiveViews;
import dev.agora.feed.live.listener.LiveStream;
import dev.agora.feed.live.log.CountingLog;
import dev.agora.feed.live.log.LiveRecords;
import dev.agora.feed.live.log.LiveTopics;
import dev.agora.feed.live.log.Position;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One thread serves all streams of an instance, so that its scans of the log are few.
 */
class LiveScansTests extends LiveTest {

	private static final int FOLLOWS = 50;

	private static final Set<String> AUTHORS = IntStream.range(0, FOLLOWS)
		.mapToObj(LiveScansTests::author)
		.collect(Collectors.toSet());

	private CountingLog log;

	private LiveHub hub;

	@BeforeEach
	void createHub() {
		this.log = new CountingLog(members().part(LiveTopics.class), 1_000);
		this.hub = new LiveHub(this.log, members().part(LiveViews.class), members().part(LiveSettings.class),
				members().part(LiveMeters.class));
		this.hub.onAssigned(new TopicPartition(Activities.TOPIC, 0), 0);
	}

	@AfterEach
	void destroyHub() {
		this.hub.destroy();
	}

	@Test
	void aFollowOfAListenerIsOneScan() {
		activate(Set.of(), null);
		this.log.takeScans();
		this.hub.onRecords(follows());
		assertThat(this.log.takeScans()).isEqualTo(FOLLOWS);
	}

	@Test
	void aResumptionAfterManyFollowsIsOneScanMoreThanAStart() {
		activate(AUTHORS, null);
		int start = this.log.takeScans();
		Position before = this.log.position();
		this.hub.onRecords(follows());
		this.log.takeScans();
		activate(AUTHORS, before);
		assertThat(this.log.takeScans()).isEqualTo(start + 1);
	}

	/** Its events arrived before both follows, so that the client has not had it. */
	@Test
	void aResumptionAfterTwoFollowsOfAnAuthorHasEachActivityOnce() {
		Instant later = Instant.now().plusSeconds(60);
		this.hub.onRecords(List.of(LiveRecords.published(0, 0, "a", author(0), later)));
		Position before = this.log.position();
		this.hub.onRecords(List.of(LiveRecords.follow(1, "started", "bob", author(0)),
				LiveRecords.follow(2, "ended", "bob", author(0)), LiveRecords.follow(3, "started", "bob", author(0))));
		assertThat(activate(Set.of(author(0)), before).items()).hasSize(1);
	}

	private LiveHub.Activation activate(Set<String> authors, @Nullable Position since) {
		return Objects.requireNonNull(this.hub.activate(new LiveStream("bob", 8), authors, since).block());
	}

	private static List<ConsumerRecord<String, byte[]>> follows() {
		return IntStream.range(0, FOLLOWS).mapToObj((i) -> LiveRecords.follow(i, "started", "bob", author(i))).toList();
	}

	private static String author(int number) {
		return "author" + number;
	}

}
