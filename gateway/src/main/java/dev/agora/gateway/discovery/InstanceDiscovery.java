package dev.agora.gateway.discovery;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.gateway.balance.InstancePool;
import dev.agora.gateway.balance.InstanceRegistry;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.LoadBalancerSettings;

/**
 * Updates the instances of the services: it resolves the DNS names in the settings and
 * reads the files every few seconds, and follows the Kubernetes API. If the instances of
 * a service cannot be found, the last known ones stay in use: they may still be running,
 * and probes detect if they are not.
 */
final class InstanceDiscovery implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(InstanceDiscovery.class);

	/** The interval at which a service is looked up until it is found once. */
	private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

	private final InstanceRegistry registry;

	private final Map<String, List<URI>> entriesByService;

	private final Map<URI, EndpointWatch> watches = new HashMap<>();

	private final Duration interval;

	private final Supplier<DnsClient> clients;

	private final Set<String> failing = ConcurrentHashMap.newKeySet();

	/** The services that were not found yet. */
	private final Set<String> missing = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Disposable polling;

	InstanceDiscovery(InstanceRegistry registry, InstancesSettings instances, LoadBalancerSettings settings,
			KubernetesApi api, Supplier<DnsClient> clients) {
		this.registry = registry;
		this.entriesByService = new HashMap<>(instances.byService());
		this.entriesByService.values().removeIf((entries) -> InstancesSettings.lookedUp(entries).isEmpty());
		this.entriesByService.values()
			.stream()
			.flatMap(Collection::stream)
			.filter(InstancesSettings::isKubernetes)
			.forEach((entry) -> this.watches.put(entry, new EndpointWatch(api, entry)));
		this.missing.addAll(this.entriesByService.keySet());
		this.interval = settings.resolveInterval();
		this.clients = clients;
	}

	/** The services of which no instance was found since the start. */
	Set<String> missing() {
		return new TreeSet<>(this.missing);
	}

	/** Whether an instance of any service is known. */
	boolean hasInstances() {
		return this.registry.all().stream().anyMatch((pool) -> !pool.all().isEmpty());
	}

	/** Starts before the server and stops after it. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		this.polling = this.entriesByService.isEmpty() ? Flux.never().subscribe()
				: Flux.using(this.clients::get, this::follow).subscribe();
	}

	@Override
	public void stop() {
		Disposable polling = this.polling;
		if (polling != null) {
			polling.dispose();
			this.polling = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.polling != null;
	}

	/** One look-up follows the other, so that an older result replaces no newer one. */
	private Flux<Set<URI>> follow(DnsClient client) {
		return Flux.merge(1, rounds(), changes()).concatMap((services) -> resolveAll(services, client), 1);
	}

	private Flux<Collection<String>> rounds() {
		Duration tick = (FIRST_INTERVAL.compareTo(this.interval) < 0) ? FIRST_INTERVAL : this.interval;
		long ticksOfRound = Math.max(1, this.interval.dividedBy(tick));
		return Flux.interval(Duration.ZERO, tick)
			.onBackpressureDrop()
			.map((count) -> (count % ticksOfRound == 0) ? this.entriesByService.keySet() : missing());
	}

	private Flux<Collection<String>> changes() {
		return Flux.fromIterable(this.entriesByService.keySet()).flatMap(this::changesOf);
	}

	private Flux<Collection<String>> changesOf(String service) {
		List<Flux<EndpointWatch>> changes = new ArrayList<>();
		for (URI entry : this.entriesByService.getOrDefault(service, List.of())) {
			EndpointWatch watch = this.watches.get(entry);
			if (watch != null) {
				changes.add(watch.changes());
			}
		}
		return Flux.merge(changes).map((change) -> Set.of(service));
	}

	private Flux<Set<URI>> resolveAll(Collection<String> services, DnsClient client) {
		return Flux.fromIterable(services)
			.flatMap((service) -> resolve(service, this.entriesByService.getOrDefault(service, List.of()), client));
	}

	private Mono<Set<URI>> resolve(String service, List<URI> entries, DnsClient client) {
		return Flux.fromIterable(InstancesSettings.lookedUp(entries))
			.flatMap((entry) -> resolve(entry, client))
			.collect(() -> new HashSet<>(InstancesSettings.addresses(entries)), Set<URI>::addAll)
			.<Set<URI>>map((addresses) -> addresses)
			.doOnNext((addresses) -> onResolved(service, addresses))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> onFailure(service, failure)));
	}

	private Mono<Set<URI>> resolve(URI entry, DnsClient client) {
		EndpointWatch watch = this.watches.get(entry);
		if (watch != null) {
			return watch.resolve();
		}
		return InstancesSettings.isFile(entry) ? AddressFile.read(entry) : client.resolve(entry);
	}

	private void onResolved(String service, Set<URI> addresses) {
		InstancePool pool = this.registry.of(service);
		if (pool != null) {
			pool.update(addresses);
		}
		this.missing.remove(service);
		if (this.failing.remove(service)) {
			LOG.info("The instances of {} can be found again.", service);
		}
	}

	private void onFailure(String service, Throwable failure) {
		if (this.failing.add(service)) {
			LOG.warn("The instances of {} cannot be found; the last known ones stay in use. {}", service,
					failure.toString());
		}
	}

}
