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
 * Looks up every few seconds which clones are behind the names in the settings. Without
 * an answer those that were known go on being used: they may be there still, and probes
 * tell if they are not.
 */
public final class DnsDiscovery implements SmartLifecycle {

	private static final Logger LOG = LoggerFactory.getLogger(DnsDiscovery.class);

	private final InstanceRegistry fleet;

	private final Map<String, List<URI>> named;

	private final Duration interval;

	private final Supplier<DnsClient> clients;

	private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Disposable rounds;

	@Autowired
	public DnsDiscovery(InstanceRegistry fleet, InstancesSettings clones, LoadBalancerSettings settings) {
		this(fleet, clones, settings, DnsClient::new);
	}

	DnsDiscovery(InstanceRegistry fleet, InstancesSettings clones, LoadBalancerSettings settings,
			Supplier<DnsClient> clients) {
		this.fleet = fleet;
		this.named = new HashMap<>(clones.byService());
		this.named.values().removeIf((entries) -> InstancesSettings.names(entries).isEmpty());
		this.interval = settings.resolveInterval();
		this.clients = clients;
	}

	/** Before the server starts, and until after it has stopped. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		this.rounds = this.named.isEmpty() ? Flux.never().subscribe()
				: Flux.using(this.clients::get, this::lookUpForEver).subscribe();
	}

	@Override
	public void stop() {
		Disposable rounds = this.rounds;
		if (rounds != null) {
			rounds.dispose();
			this.rounds = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.rounds != null;
	}

	private Flux<Set<URI>> lookUpForEver(DnsClient client) {
		return Flux.interval(Duration.ZERO, this.interval).onBackpressureDrop().concatMap((round) -> lookUpAll(client));
	}

	private Flux<Set<URI>> lookUpAll(DnsClient client) {
		return Flux.fromIterable(this.named.entrySet())
			.flatMap((entry) -> lookUp(entry.getKey(), entry.getValue(), client));
	}

	private Mono<Set<URI>> lookUp(String service, List<URI> entries, DnsClient client) {
		return Flux.fromIterable(InstancesSettings.names(entries))
			.flatMap(client::clones)
			.collect(() -> new HashSet<>(InstancesSettings.addresses(entries)), Set<URI>::addAll)
			.<Set<URI>>map((clones) -> clones)
			.doOnNext((clones) -> found(service, clones))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> missed(service, failure)));
	}

	private void found(String service, Set<URI> addresses) {
		InstancePool clones = this.fleet.of(service);
		if (clones != null) {
			clones.moveTo(addresses);
		}
		if (this.unanswered.remove(service)) {
			LOG.info("The clones of {} are found by name again.", service);
		}
	}

	private void missed(String service, Throwable failure) {
		if (this.unanswered.add(service)) {
			LOG.warn("The clones of {} cannot be found by name; the last known are used on. {}", service,
					failure.toString());
		}
	}

}
