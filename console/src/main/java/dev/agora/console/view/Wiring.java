package dev.agora.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.console.metric.Latency;
import dev.agora.console.metric.Series;
import dev.agora.console.scrape.Observation;
import dev.agora.console.scrape.ShownMetrics;
import dev.agora.console.trace.StoreCalls;
import dev.agora.console.view.SystemView.Edge;

/** The connections of the system, with what their ends have measured. */
final class Wiring {

	static final String CLIENTS = "clients";

	static final String GATEWAY = "gateway";

	static final String KAFKA = "kafka";

	static final String MONGODB = "mongodb";

	static final String REDIS = "redis";

	static final Set<String> STORES = Set.of(KAFKA, MONGODB, REDIS);

	/** The probes of the gateways and of the console are no traffic. */
	private static final String PROBE = "/internal/clone";

	private final Map<String, List<Observation>> services;

	private final StoreCalls calls;

	/**
	 * Creates the connections.
	 * @param services the instances by service
	 * @param calls the calls of stores, which traces have
	 */
	Wiring(Map<String, List<Observation>> services, StoreCalls calls) {
		this.services = services;
		this.calls = calls;
	}

	/** The requests that an instance has received. */
	static Traffic requests(List<Observation> instances) {
		return Traffic.of(requests(instances, Wiring::isRequest), requests(instances, Wiring::isFailedRequest));
	}

	private static boolean isRequest(Series series) {
		return !series.tag("uri").equals(PROBE) && !series.tag("uri").startsWith("/actuator");
	}

	private static boolean isFailedRequest(Series series) {
		return isRequest(series) && series.tag("status").startsWith("5");
	}

	/** A process is a service or a gateway, so that it has one of the two timers. */
	private static Latency requests(List<Observation> instances, Predicate<Series> which) {
		return latency(instances, ShownMetrics.REQUESTS, which)
			.plus(latency(instances, ShownMetrics.GATEWAY_REQUESTS, which));
	}

	static Traffic all(List<Observation> instances, String timer) {
		return Traffic.of(latency(instances, timer, (any) -> true), latency(instances, timer, Wiring::isDead));
	}

	/** An event that was not applied is a dead letter. */
	private static boolean isDead(Series series) {
		return series.tag("outcome").equals("dead");
	}

	static Latency latency(List<Observation> instances, String timer, Predicate<Series> which) {
		return instances.stream()
			.map((instance) -> instance.deltas().latency(timer, which))
			.reduce(Latency.none(), Latency::plus);
	}

	/** Lists the connections: the workers of a service count as the service. */
	List<Edge> edges() {
		List<Edge> edges = new ArrayList<>();
		edges.add(new Edge(CLIENTS, GATEWAY, requests(instances(GATEWAY))));
		edges.add(new Edge(GATEWAY, REDIS, traced(GATEWAY, REDIS)));
		for (String service : this.services.keySet()) {
			if (service.endsWith("-service")) {
				edges.add(new Edge(GATEWAY, service, requests(instances(service))));
				edges.add(new Edge(service, MONGODB, traced(service, MONGODB)));
				edges.add(new Edge(service, REDIS, traced(service, REDIS)));
				edges.add(new Edge(service, KAFKA, events(service, ShownMetrics.OUTBOX_DELAY)));
				edges.add(new Edge(KAFKA, service, events(service, ShownMetrics.EVENTS)));
			}
		}
		return edges;
	}

	List<Observation> instances(String service) {
		return this.services.getOrDefault(service, List.of());
	}

	private @Nullable Traffic traced(String service, String store) {
		return this.calls.latency(service, store).map((both) -> Traffic.of(both.all(), both.failed())).orElse(null);
	}

	/**
	 * The events that a service publishes or applies, null if no instance measures them.
	 */
	private @Nullable Traffic events(String service, String timer) {
		List<Observation> instances = Stream.of(service, service.replace("-service", "-worker"))
			.distinct()
			.flatMap((name) -> instances(name).stream())
			.toList();
		boolean known = instances.stream()
			.anyMatch((instance) -> !instance.deltas().now().named(timer + "_count").isEmpty());
		return known ? all(instances, timer) : null;
	}

}
