package dev.agora.console.view;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One time of the charts.
 *
 * @param at the time in milliseconds since 1970
 * @param requests the requests per second at the gateways
 * @param errors the failed ones of them
 * @param p50 their median time in milliseconds, null if it is unknown
 * @param p99 the 99th percentile
 * @param freshness the age of the feeds in seconds
 * @param events the events that are published each second
 * @param lag the highest lag of a group
 * @param outbox the highest age of an unsent event in seconds
 * @param hitRatio the share of reads that the caches served, null without reads
 */
public record Point(long at, double requests, double errors, @Nullable Double p50, @Nullable Double p99,
		double freshness, double events, long lag, double outbox, @Nullable Double hitRatio) {

	/**
	 * Derives the time of the charts from a view.
	 * @param view the view
	 * @return its point
	 */
	public static Point of(SystemView view) {
		Traffic clients = view.edges()
			.stream()
			.filter((edge) -> edge.from().equals(Wiring.CLIENTS))
			.flatMap((edge) -> Stream.ofNullable(edge.traffic()))
			.findFirst()
			.orElseGet(() -> new Traffic(0, null, null, null, 0));
		return new Point(view.at(), clients.rate(), clients.errors(), clients.p50(), clients.p99(),
				view.freshness().age(), view.topics().stream().mapToDouble((topic) -> topic.rate()).sum(), maxLag(view),
				view.outboxes().stream().mapToDouble(SystemView.Outbox::age).max().orElse(0), hitRatio(view));
	}

	private static long maxLag(SystemView view) {
		return view.topics()
			.stream()
			.flatMap((topic) -> topic.groups().stream())
			.mapToLong((group) -> group.lag())
			.max()
			.orElse(0);
	}

	private static @Nullable Double hitRatio(SystemView view) {
		double reads = caches(view).mapToDouble(SystemView.Cache::reads).sum();
		double hits = caches(view).mapToDouble((cache) -> cache.reads() * Objects.requireNonNull(cache.hitRatio()))
			.sum();
		return (reads <= 0) ? null : Traffic.rounded(hits / reads);
	}

	private static Stream<SystemView.Cache> caches(SystemView view) {
		return view.caches().stream().filter((cache) -> cache.hitRatio() != null);
	}

}
