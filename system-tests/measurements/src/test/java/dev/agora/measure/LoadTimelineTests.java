package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

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
		assertThat(TIMELINE.lastTrouble(250)).isEqualTo(2.4);
		assertThat(TIMELINE.between(0, 2).lastTrouble(250)).isEqualTo(1);
		assertThat(TIMELINE.between(0, 2).lastTrouble(400)).isZero();
		assertThat(TIMELINE.between(2.3, 9).lastTrouble(250)).isZero();
	}

	@Test
	void aSingleSlowResponseOfManyIsNoTrouble() {
		List<Request> requests = new ArrayList<>(
				IntStream.range(0, 1_000).mapToObj((number) -> new Request(number / 2_000.0, 5, "")).toList());
		requests.set(500, new Request(0.25, 900, ""));
		assertThat(new LoadTimeline(requests).lastTrouble(250)).isZero();
	}

	@Test
	void theTimeToRecoverIsComparedWithTheLatencyBeforeTheKill() {
		LoadTimeline timeline = new LoadTimeline(List.of(new Request(0, 400, ""), new Request(1, 2, "refused"),
				new Request(2, 700, ""), new Request(3, 900, ""), new Request(4, 700, "")));
		KilledInstance kill = new KilledInstance(timeline, 0.9);
		assertThat(kill.lateMillis()).isBetween(799.0, 801.0);
		assertThat(kill.secondsToRecover()).isBetween(2.09, 2.11);
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
