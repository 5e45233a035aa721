package dev.agora.product.page.trend;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.product.page.trend.TrendSignal.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Records signs of interest, repeated and in any order. */
class TrendSignalsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Instant NOW = Instant.parse("2026-11-26T20:30:00Z");

	private static final TrendSettings SETTINGS = new TrendSettings(Duration.ofHours(6), Duration.ofDays(2));

	private static int databases;

	private TrendSignals signals;

	@BeforeEach
	void open() {
		databases++;
		DocumentStore store = new DocumentStore(mongo.database("trends" + databases), JsonMapper.shared(),
				Clock.systemUTC());
		this.signals = new TrendSignals(mongo.database("trends" + databases), store, SETTINGS,
				Clock.fixed(NOW, ZoneOffset.UTC));
		store.migrate().block();
	}

	@AfterAll
	static void stop() {
		mongo.close();
	}

	@Test
	void halvesTheWeightInEachHalfLife() {
		assertThat(SETTINGS.decay(Duration.ZERO)).isEqualTo(1);
		assertThat(SETTINGS.decay(Duration.ofHours(6))).isCloseTo(0.5, within(1e-9));
		assertThat(SETTINGS.decay(Duration.ofHours(18))).isCloseTo(0.125, within(1e-9));
		assertThat(SETTINGS.decay(Duration.ofHours(-1))).isEqualTo(1);
	}

	@Test
	void prefersRecentInterestToMuchOldInterest() {
		for (int member = 0; member < 3; member++) {
			record(Kind.REVIEW, "old", "m" + member, Duration.ofHours(24));
		}
		record(Kind.REVIEW, "new", "m0", Duration.ofMinutes(5));
		assertThat(top()).containsExactly("new", "old");
	}

	@Test
	void countsAMemberOnceHoweverOftenTheyPost() {
		for (int post = 0; post < 50; post++) {
			record(Kind.POST, "spam", "one", Duration.ofMinutes(post));
		}
		record(Kind.POST, "liked", "one", Duration.ofMinutes(5));
		record(Kind.POST, "liked", "two", Duration.ofMinutes(5));
		assertThat(top()).containsExactly("liked", "spam");
	}

	@Test
	void repeatedEventsInAnyOrderGiveTheSameResult() {
		List<TrendSignal> events = new ArrayList<>();
		for (int event = 0; event < 60; event++) {
			events.add(new TrendSignal((event % 2 == 0) ? Kind.REVIEW : Kind.POST, "p" + event % 5, "m" + event % 7,
					NOW.minus(Duration.ofMinutes(event * 11L))));
		}
		events.forEach((event) -> this.signals.record(event).block());
		List<String> once = top();
		events.addAll(List.copyOf(events));
		Collections.shuffle(events, new Random(7));
		events.forEach((event) -> this.signals.record(event).block());
		assertThat(top()).isEqualTo(once).hasSize(5);
	}

	@Test
	void aBatchOfViewsIsCountedOnce() {
		for (int repetition = 0; repetition < 10; repetition++) {
			this.signals.observe("b1", Map.of("repeated", 10L)).block();
		}
		this.signals.observe("b2", Map.of("viewed", 30L)).block();
		this.signals.observe("b1", Map.of("repeated", 10L)).block();
		assertThat(top()).containsExactly("viewed", "repeated");
	}

	@Test
	void manyViewsDoNotOutweighAFewReviews() {
		this.signals.observe("b1", Map.of("robot", 100_000L)).block();
		for (int member = 0; member < 4; member++) {
			record(Kind.REVIEW, "reviewed", "m" + member, Duration.ZERO);
		}
		assertThat(top()).containsExactly("reviewed", "robot");
	}

	@Test
	void ignoresEventsThatAreTooOld() {
		record(Kind.REVIEW, "old", "m", Duration.ofDays(3));
		assertThat(top()).isEmpty();
	}

	private void record(Kind kind, String product, String member, Duration age) {
		this.signals.record(new TrendSignal(kind, product, member, NOW.minus(age))).block();
	}

	private List<String> top() {
		return this.signals.top(10).block();
	}

}
