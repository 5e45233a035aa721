package dev.agora.gateway.health;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;

import dev.agora.gateway.balance.InstancePool;
import dev.agora.gateway.balance.InstanceRegistry;
import dev.agora.gateway.balance.InstancesSettings;
import dev.agora.gateway.balance.LoadBalancerSettings;

/**
 * Resolves the DNS names in the settings every few seconds, reads the files, and updates
 * the instances. If a name cannot be resolved or a file cannot be read, the last known
 * instances stay in use: they may still be running, and probes detect if they are not.
 */
public final class DnsDiscovery implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(DnsDiscovery.class);

	private final InstanceRegistry registry;

	private final Map<String, List<URI>> entriesByService;

	private final Duration interval;

	private final Supplier<DnsClient> clients;

	private final Set<String> failing = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Disposable polling;

	@Autowired
	public DnsDiscovery(InstanceRegistry registry, InstancesSettings instances, LoadBalancerSettings settings) {
		this(registry, instances, settings, DnsClient::new);
	}

	DnsDiscovery(InstanceRegistry registry, InstancesSettings instances, LoadBalancerSettings settings,
			Supplier<DnsClient> clients) {
		this.registry = registry;
		this.entriesByService = new HashMap<>(instances.byService());
		this.entriesByService.values().removeIf((entries) -> InstancesSettings.lookedUp(entries).isEmpty());
		this.interval = settings.resolveInterval();
		this.clients = clients;
	}

	/** Starts before the server and stops after it. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		this.polling = this.entriesByService.isEmpty() ? Flux.never().subscribe()
				: Flux.using(this.clients::get, this::poll).subscribe();
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

	private Flux<Set<URI>> poll(DnsClient client) {
		return Flux.interval(Duration.ZERO, this.interval)
			.onBackpressureDrop()
			.concatMap((round) -> resolveAll(client));
	}

	private Flux<Set<URI>> resolveAll(DnsClient client) {
		return Flux.fromIterable(this.entriesByService.entrySet())
			.flatMap((entry) -> resolve(entry.getKey(), entry.getValue(), client));
	}

	private Mono<Set<URI>> resolve(String service, List<URI> entries, DnsClient client) {
		return Flux.fromIterable(InstancesSettings.lookedUp(entries))
			.flatMap((entry) -> InstancesSettings.isFile(entry) ? AddressFile.read(entry) : client.resolve(entry))
			.collect(() -> new HashSet<>(InstancesSettings.addresses(entries)), Set<URI>::addAll)
			.<Set<URI>>map((addresses) -> addresses)
			.doOnNext((addresses) -> onResolved(service, addresses))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> onFailure(service, failure)));
	}

	private void onResolved(String service, Set<URI> addresses) {
		InstancePool pool = this.registry.of(service);
		if (pool != null) {
			pool.update(addresses);
		}
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
