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
import dev.agora.gateway.health.HealthCheckClient.Condition;
import dev.agora.platform.lifecycle.Build;

/** Asks each clone every second how it is: beside the requests, so that none waits. */
public final class HealthChecker implements SmartLifecycle {

	/** The next round does not wait for a clone that does not answer. */
	private static final int ROUNDS_AT_ONCE = 4;

	private final InstanceRegistry fleet;

	private final Duration interval;

	private final HealthCheckClient probes;

	private final List<InstanceStateLogger> reports;

	private volatile @Nullable Disposable rounds;

	public HealthChecker(InstanceRegistry fleet, LoadBalancerSettings settings, MeterRegistry meters) {
		this.fleet = fleet;
		this.interval = settings.probeInterval();
		this.probes = new HealthCheckClient(settings.probeTimeout(), settings.unusedPool());
		this.reports = fleet.all().stream().map((clones) -> new InstanceStateLogger(clones, meters)).toList();
	}

	/** Before the server starts, and until after it has stopped. */
	@Override
	public int getPhase() {
		return 0;
	}

	@Override
	public void start() {
		this.rounds = Flux.interval(Duration.ZERO, this.interval)
			.onBackpressureDrop()
			.doOnNext((round) -> this.reports.forEach(InstanceStateLogger::sayWhatChanged))
			.flatMap((round) -> probeAll(), ROUNDS_AT_ONCE)
			.subscribe();
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

	private Mono<Void> probeAll() {
		return Flux.fromIterable(this.fleet.all()).flatMapIterable(InstancePool::all).flatMap(this::probe).then();
	}

	private Mono<Condition> probe(Instance clone) {
		long asked = clone.now();
		return this.probes.ask(clone.address())
			.doOnNext((condition) -> heard(clone, asked, condition))
			.onErrorResume((failure) -> Mono.fromRunnable(() -> clone.missedProbe(asked, Failure.of(failure))));
	}

	private static void heard(Instance clone, long asked, Condition condition) {
		Build build = condition.build();
		if (build != null) {
			clone.identify(build);
		}
		clone.probed(asked, condition.takesRequests());
	}

}
