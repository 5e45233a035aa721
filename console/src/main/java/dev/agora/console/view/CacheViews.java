package dev.agora.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import dev.agora.console.metric.Series;
import dev.agora.console.scrape.Observation;
import dev.agora.console.scrape.ShownMetrics;
import dev.agora.console.view.SystemView.Cache;

/** Derives hits and loads of cached objects. */
final class CacheViews {

	/**
	 * An older entry is served, too, while it is refreshed, and so is the knowledge that
	 * there is no object.
	 */
	private static final Set<String> HITS = Set.of("hit", "stale", "absent");

	private CacheViews() {
	}

	static List<Cache> of(String service, List<Observation> instances) {
		Set<String> names = new TreeSet<>();
		instances.forEach((instance) -> instance.deltas()
			.now()
			.named(ShownMetrics.CACHE_READS)
			.forEach((series) -> names.add(series.tag("cache"))));
		List<Cache> caches = new ArrayList<>();
		names.forEach((name) -> caches.add(toView(service, name, instances)));
		return caches;
	}

	private static Cache toView(String service, String name, List<Observation> instances) {
		Predicate<Series> own = (series) -> series.tag("cache").equals(name);
		double reads = rate(instances, own);
		double hits = rate(instances, own.and((series) -> HITS.contains(series.tag("result"))));
		return new Cache(service, name, Traffic.rounded(reads), (reads <= 0) ? null : Traffic.rounded(hits / reads),
				Traffic.of(Wiring.latency(instances, ShownMetrics.CACHE_LOADS, own), Wiring.latency(instances,
						ShownMetrics.CACHE_LOADS, own.and((series) -> series.tag("result").equals("failed")))));
	}

	private static double rate(List<Observation> instances, Predicate<Series> which) {
		return instances.stream()
			.mapToDouble((instance) -> instance.deltas().rate(ShownMetrics.CACHE_READS, which))
			.sum();
	}

}
