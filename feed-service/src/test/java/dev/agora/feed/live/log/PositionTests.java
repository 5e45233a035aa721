package dev.agora.feed.live.log;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PositionTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

	@Test
	void theIdOfAnEventIsDecodedToThePosition() {
		Map<TopicPartition, Long> offsets = new HashMap<>();
		for (int partition = 0; partition < 12; partition++) {
			LiveTopics.SENT
				.forEach((topic) -> offsets.put(new TopicPartition(topic, offsets.size() / LiveTopics.SENT.size()),
						(1L << (offsets.size() % 60))));
		}
		Position decoded = Position.decode(new Position(NOW, offsets).encode()).orElseThrow();
		assertThat(decoded.at()).isEqualTo(NOW);
		assertThat(decoded.offsets()).isEqualTo(offsets);
	}

	@Test
	void isShortEnoughForAHeaderWithTwelvePartitionsAndMillionsOfEvents() {
		Map<TopicPartition, Long> offsets = new HashMap<>();
		LiveTopics.SENT.forEach((topic) -> {
			for (int partition = 0; partition < 12; partition++) {
				offsets.put(new TopicPartition(topic, partition), 2_000_000L);
			}
		});
		assertThat(new Position(NOW, offsets).encode()).hasSizeLessThan(400);
	}

	@Test
	void topicsWithoutEventsAreLeftOut() {
		Position decoded = Position.decode(new Position(NOW, Map.of()).encode()).orElseThrow();
		assertThat(decoded.offsets()).isEmpty();
		assertThat(decoded.next(new TopicPartition("feed.activities.v1", 3))).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "-1", "1.5", "99999999999999999999", "%00", "AAAA=", "gICAgICAgICAgIA",
			"____________________", "A/A", " ", "\u0000" })
	void refusesWhatIsNoIdOfAnEvent(String text) {
		assertThat(Position.decode(text)).isEmpty();
	}

	@Test
	void refusesMorePartitionsThanATopicHas() {
		byte[] bytes = { 0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f };
		assertThat(Position.decode(Objects.requireNonNull(Base64.getUrlEncoder().encodeToString(bytes)))).isEmpty();
		assertThat(Position.decode("A".repeat(5_000))).isEmpty();
	}

}
