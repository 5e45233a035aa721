package dev.agora.measure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import dev.agora.measure.LoadTimeline.Request;

import static org.assertj.core.api.Assertions.assertThat;

class LoadTimelineTests {

	private static final LoadTimeline TIMELINE = new LoadTimeline(List.of(new Request(0, 5, ""),
			new Request(1, 300, ""), new Request(2.2, 1, "503 Overloaded"), new Request(2.4, 7, "")));

	@Test
	void countsFailuresByReason() {
		assertThat(TIMELINE.failed()).isEqualTo(1);
		assertThat(TIMELINE.failures()).containsExactly(Map.entry("503 Overloaded", 1L));
	}

	@Test
	void aLateResponseIsTroubleToo() {
		assertThat(TIMELINE.lastTrouble()).isEqualTo(2.2);
		assertThat(TIMELINE.between(0, 2).lastTrouble()).isEqualTo(1);
		assertThat(TIMELINE.between(2.3, 9).lastTrouble()).isZero();
	}

	@Test
	void latenciesAreThoseOfSuccessfulRequests() {
		assertThat(TIMELINE.between(2, 9).millis(99)).isBetween(6.9, 7.1);
	}

	@Test
	void splitsByTheTimeWhenRequestsWereDue() {
		assertThat(TIMELINE.split(0.5)).extracting((part) -> part.requests().size()).containsExactly(1, 1, 2);
	}

	@Test
	void sendsAllRequestsOfTheSchedule() {
		AtomicInteger sent = new AtomicInteger();
		LoadTimeline timeline = LoadTimeline.run(100, 1,
				() -> Mono.fromSupplier(() -> (sent.incrementAndGet() % 10 == 0) ? "refused" : ""));
		assertThat(timeline.requests()).hasSize(100);
		assertThat(timeline.failed()).isEqualTo(10);
	}

}
