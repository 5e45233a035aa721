package dev.agora.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.console.access.AccessSettings;
import dev.agora.console.action.ActionLog;
import dev.agora.console.broker.Topics;
import dev.agora.console.load.LightLoad;
import dev.agora.console.metric.Reading;
import dev.agora.console.scrape.Health;
import dev.agora.console.scrape.Observation;
import dev.agora.console.scrape.Routed;
import dev.agora.console.scrape.Scraper;
import dev.agora.console.scrape.ShownMetrics;
import dev.agora.console.targets.Target;
import dev.agora.console.trace.StoreCalls;
import dev.agora.console.view.SystemView.Cache;
import dev.agora.console.view.SystemView.Freshness;
import dev.agora.console.view.SystemView.Instance;
import dev.agora.console.view.SystemView.Node;
import dev.agora.console.view.SystemView.Outbox;
import dev.agora.console.view.SystemView.Usage;

/** Composes the view of the system. */
public final class SystemViews {

	private static final double MEBIBYTE = 1 << 20;

	private static final Map<String, Health> ROUTED = Map.of("EJECTED", Health.EJECTED, "DRAINING", Health.DRAINING);

	private final AccessSettings access;

	private final LightLoad load;

	private final ActionLog log;

	private final StoreCalls calls;

	public SystemViews(AccessSettings access, LightLoad load, ActionLog log, StoreCalls calls) {
		this.access = access;
		this.load = load;
		this.log = log;
		this.calls = calls;
	}

	/**
	 * Composes a view.
	 * @param observations what is known of the processes
	 * @param found what is known of Kafka, if the console connects to it
	 * @return the view
	 */
	public SystemView compose(List<Observation> observations, Optional<Topics> found) {
		Map<String, List<Observation>> services = observations.stream()
			.collect(Collectors.groupingBy((one) -> one.target().service(), TreeMap::new, Collectors.toList()));
		Topics topics = found.orElseGet(() -> MeasuredTopics.of(observations));
		Map<String, Routed> routes = Scraper.routes(observations);
		List<Cache> caches = new ArrayList<>();
		services.forEach((service, instances) -> caches.addAll(CacheViews.of(service, instances)));
		return new SystemView(System.currentTimeMillis(), this.access.allowsActions(), nodes(services, routes),
				new Wiring(services, this.calls).edges(), topics.available(), topics.topics(), outboxes(services),
				caches, freshness(observations), this.load.view(), this.log.entries());
	}

	/** Stores are shown even if the launcher has not started them. */
	private static List<Node> nodes(Map<String, List<Observation>> services, Map<String, Routed> routes) {
		return Stream.concat(services.keySet().stream(), Wiring.STORES.stream())
			.distinct()
			.filter((service) -> !service.equals("console"))
			.sorted()
			.map((service) -> new Node(service, kind(service),
					services.getOrDefault(service, List.of()).stream().map((one) -> instance(one, routes)).toList()))
			.toList();
	}

	private static String kind(String service) {
		return Wiring.STORES.contains(service) ? "store" : service.equals(Wiring.GATEWAY) ? "gateway" : "service";
	}

	private static Instance instance(Observation observed, Map<String, Routed> routes) {
		Target target = observed.target();
		Routed routed = routed(target, routes);
		String build = (routed != null && target.version().isEmpty()) ? routed.build() : target.version();
		return new Instance(target.name(), state(observed, routed).name(), build, target.port(),
				(routed != null) ? routed.inFlight() : 0, target.note(), usage(observed),
				target.isManaged() ? Wiring.requests(List.of(observed)) : null);
	}

	/** Null for a process without metrics. */
	private static @Nullable Usage usage(Observation observed) {
		Reading now = observed.deltas().now();
		OptionalDouble memory = now.max(ShownMetrics.MEMORY);
		return memory.isPresent() ? new Usage(Math.round(memory.getAsDouble() / MEBIBYTE),
				Traffic.rounded(now.max(ShownMetrics.CPU).orElse(0))) : null;
	}

	private static @Nullable Routed routed(Target target, Map<String, Routed> routes) {
		return routes.entrySet()
			.stream()
			.filter((entry) -> (target.port() > 0) ? entry.getKey().equals(target.host() + ":" + target.port())
					: entry.getKey().startsWith(target.host() + ":"))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	/** The worse of what the instance says of itself and what the gateways have seen. */
	private static Health state(Observation observed, @Nullable Routed routed) {
		Health seen = (routed != null) ? Objects.requireNonNullElse(ROUTED.get(routed.state()), Health.READY)
				: Health.READY;
		return (observed.health().compareTo(seen) >= 0) ? observed.health() : seen;
	}

	private static List<Outbox> outboxes(Map<String, List<Observation>> services) {
		List<Outbox> outboxes = new ArrayList<>();
		services.forEach((service, instances) -> {
			if (has(instances, ShownMetrics.OUTBOX_BACKLOG)) {
				outboxes.add(new Outbox(service, max(instances, ShownMetrics.OUTBOX_BACKLOG),
						max(instances, ShownMetrics.OUTBOX_AGE), Wiring.all(instances, ShownMetrics.OUTBOX_DELAY)));
			}
		});
		return outboxes;
	}

	private static boolean has(List<Observation> instances, String metric) {
		return instances.stream().anyMatch((one) -> !one.deltas().now().named(metric).isEmpty());
	}

	/** All instances of a service see the same store, at different times. */
	private static double max(List<Observation> instances, String metric) {
		return instances.stream()
			.filter((one) -> one.health() != Health.DOWN)
			.mapToDouble((one) -> one.deltas().now().max(metric).orElse(0))
			.map(Traffic::rounded)
			.max()
			.orElse(0);
	}

	private static Freshness freshness(List<Observation> observations) {
		return new Freshness(max(observations, ShownMetrics.FRESHNESS_AGE),
				Wiring.all(observations, ShownMetrics.FRESHNESS));
	}

}
