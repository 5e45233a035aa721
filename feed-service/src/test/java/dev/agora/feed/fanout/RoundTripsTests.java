package dev.agora.feed.fanout;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.agora.feed.timeline.TimelinePush;

import static org.assertj.core.api.Assertions.assertThat;

class RoundTripsTests {

	@Test
	void hasNoRoundTripWithoutPushes() {
		assertThat(RoundTrips.of(List.of(), 100)).isEmpty();
	}

	@Test
	void endsARoundTripAfter20Scripts() {
		List<TimelinePush> pushes = Collections.nCopies(45, push("a", 1));
		assertThat(RoundTrips.of(pushes, 100)).extracting(List::size).containsExactly(20, 20, 5);
	}

	@Test
	void endsARoundTripAfter500Timelines() {
		List<TimelinePush> pushes = List.of(push("a", 200), push("b", 200), push("c", 100), push("d", 1));
		assertThat(RoundTrips.of(pushes, 200)).containsExactly(pushes.subList(0, 3), pushes.subList(3, 4));
	}

	@Test
	void sendsAPushWithMoreTimelinesAlone() {
		List<TimelinePush> pushes = List.of(push("a", 1), push("b", 900), push("c", 1));
		assertThat(RoundTrips.of(pushes, 1000)).extracting(List::size).containsExactly(1, 1, 1);
	}

	@Test
	void dividesAPushIntoScriptsAndKeepsTheOrder() {
		List<TimelinePush> scripts = RoundTrips.of(List.of(push("a", 250), push("b", 100)), 100).get(0);
		assertThat(scripts).extracting(TimelinePush::activityId).containsExactly("a", "a", "a", "b");
		assertThat(scripts).extracting((script) -> script.owners().size()).containsExactly(100, 100, 50, 100);
		assertThat(scripts.subList(0, 3).stream().flatMap((script) -> script.owners().stream()))
			.containsExactlyElementsOf(push("a", 250).owners());
	}

	private static TimelinePush push(String activity, int owners) {
		return new TimelinePush(IntStream.range(0, owners).mapToObj((number) -> "member" + number).toList(), activity);
	}

}
