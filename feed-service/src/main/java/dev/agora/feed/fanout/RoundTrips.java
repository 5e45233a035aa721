package dev.agora.feed.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.agora.feed.timeline.TimelinePush;

/**
 * Divides pushes into round trips to Redis, so that neither a script nor a round trip
 * takes Redis long.
 */
final class RoundTrips {

	private static final int MAX_SCRIPTS = 20;

	private static final int MAX_TIMELINES = 500;

	private RoundTrips() {
	}

	/**
	 * Divides pushes and keeps their order.
	 * @param maxPushed the number of timelines to which one script pushes
	 * @return the pushes of each round trip; a single one may have more timelines than a
	 * round trip otherwise
	 */
	static List<List<TimelinePush>> of(List<TimelinePush> pushes, int maxPushed) {
		List<List<TimelinePush>> all = new ArrayList<>();
		List<TimelinePush> last = new ArrayList<>();
		int timelines = 0;
		for (TimelinePush script : pushes.stream().flatMap((push) -> divide(push, maxPushed)).toList()) {
			timelines += script.owners().size();
			if (all.isEmpty() || last.size() == MAX_SCRIPTS || timelines > MAX_TIMELINES) {
				last = new ArrayList<>();
				all.add(last);
				timelines = script.owners().size();
			}
			last.add(script);
		}
		return all;
	}

	private static Stream<TimelinePush> divide(TimelinePush push, int maxPushed) {
		List<String> owners = push.owners();
		return IntStream.iterate(0, (from) -> from < owners.size(), (from) -> from + maxPushed)
			.mapToObj((from) -> owners.subList(from, Math.min(from + maxPushed, owners.size())))
			.map((some) -> new TimelinePush(some, push.activityId()));
	}

}
