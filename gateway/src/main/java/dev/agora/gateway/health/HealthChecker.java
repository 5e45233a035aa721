package dev.agora.gateway.health;

import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import dev.agora.gateway.balance.Failure;
import dev.agora.gateway.balance.Instance;
import dev.agora.gateway.balance.InstancePool;
import dev.agora.gateway.balance.InstanceRegistry;
import dev.agora.gateway.balance.LoadBalancerSettings;
import dev.agora.gateway.health.HealthCheckClient.Health;
import dev.agora.platform.lifecycle.Build;

/** Probes each instance every second, independently of requests. */
public final class HealthChecker implements SmartLifecycle {

	/** The next round does not wait for an instance that does not answer. */
	private static final int MAX_CONCURRENT_ROUNDS = 4;

	private final InstanceRegistry registry;

	private final Duration interval;

	private final HealthCheckClient client;

	private final List<InstanceStateLogger> stateLoggers;

	private final InstanceMeters instanceMeters;

	private volatile @Nullable Disposable checks;

	public HealthChecker(InstanceRegistry registry, LoadBalancerSettings settings, MeterRegistry meters) {
		this.registry = registry;
		this.interval = settings.probeInterval();
		this.client = new HealthCheckClient(settings.probeTimeout(), settings.unusedPool());
		this.stateLoggers = registry.all().stream().map(InstanceStateLogger::new).toList();
		this.instanceMeters = new InstanceMeters(registry.all(), meters);
	}

	/** Starts before the server and stops after it. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		this.checks = Flux.interval(Duration.ZERO, this.interval)
			.onBackpressureDrop()
			.doOnNext((round) -> reportStates())
			.flatMap((round) -> checkAll(), MAX_CONCURRENT_ROUNDS)
			.subscribe();
	}

	@Override
	public void stop() {
		Disposable checks = this.checks;
		if (checks != null) {
			checks.dispose();
			this.checks = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.checks != null;
	}

	private void reportStates() {
		this.stateLoggers.forEach(InstanceStateLogger::logChanges);
		this.instanceMeters.refresh();
	}

	private Mono<Void> checkAll() {
		return Flux.fromIterable(this.registry.all()).flatMapIterable(InstancePool::all).flatMap(this::check).then();
	}

	private Mono<Health> check(Instance instance) {
		long sentAt = instance.now();
		return this.client.check(instance.address())
			.doOnNext((health) -> onResponse(instance, sentAt, health))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> instance.onProbeFailure(sentAt, Failure.of(failure))));
	}

	private static void onResponse(Instance instance, long sentAt, Health health) {
		Build build = health.build();
		if (build != null) {
			instance.identify(build);
		}
		instance.onProbeResponse(sentAt, health.acceptsRequests());
	}

}
