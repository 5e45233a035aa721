package dev.agora.gateway.balance;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.problem.DeadlineExceeded;
import dev.agora.platform.problem.Unavailable;

/**
 * Brings a request to one of a service's clones, and once to another where the first
 * fails it and that does no harm.
 */
public final class LoadBalancer {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final Map<String, Target> targets = new HashMap<>();

	private final MeterRegistry meters;

	public LoadBalancer(InstanceRegistry fleet, LoadBalancerSettings settings, MeterRegistry meters) {
		this.meters = meters;
		fleet.all().forEach((clones) -> this.targets.put(clones.service(), target(clones, settings)));
	}

	/**
	 * Makes a request.
	 * @param service the service's name
	 * @param repeatable after which failures it does no harm when it is sent again
	 * @param attempt makes the request to a clone
	 * @return the answer
	 * @throws Unavailable if no clone could be reached
	 */
	public <T> Mono<T> call(String service, RetryOn repeatable, Function<Instance, Mono<T>> attempt) {
		return Mono.defer(() -> new Call<>(requireTarget(service), repeatable, attempt, this.meters).first())
			.onErrorMap((failure) -> toProblem(service, failure));
	}

	private Target requireTarget(String service) {
		Target target = this.targets.get(service);
		if (target == null) {
			throw unreachable(service);
		}
		return target;
	}

	private static Throwable toProblem(String service, Throwable failure) {
		return switch (Failure.of(failure)) {
			case NOT_CONNECTED, CROWDED -> unreachable(service);
			case CLOSED, BROKEN -> new Unavailable(
					"The connection to " + service + " broke before it answered; it may have acted.", RETRY_AFTER);
			case TOO_SLOW -> new DeadlineExceeded("The answer of " + service + " was not ready in time.");
			case OTHER -> failure;
		};
	}

	private static Unavailable unreachable(String service) {
		return new Unavailable("The " + service + " cannot be reached.", RETRY_AFTER);
	}

	private Target target(InstancePool clones, LoadBalancerSettings settings) {
		RetryBudget budget = new RetryBudget(settings, System::nanoTime);
		return new Target(clones, new BudgetedRetries(clones.service(), budget, this.meters));
	}

	private record Target(InstancePool clones, BudgetedRetries retries) {
	}

	private record Call<T>(Target target, RetryOn repeatable, Function<Instance, Mono<T>> attempt,
			MeterRegistry meters) {

		Mono<T> first() {
			@Nullable Instance clone = this.target.clones().choose();
			if (clone == null) {
				throw unreachable(this.target.clones().service());
			}
			this.target.retries().first();
			return attempt(clone).onErrorResume((failure) -> another(clone, failure));
		}

		private Mono<T> another(Instance first, Throwable failure) {
			Failure kind = Failure.of(failure);
			@Nullable Instance other = this.repeatable.after(kind) ? this.target.clones().chooseOther(first, kind) : null;
			boolean again = other != null && this.target.retries().allow(kind);
			return (other != null && again) ? attempt(other) : Mono.error(failure);
		}

		private Mono<T> attempt(Instance clone) {
			return clone.serve(this.attempt).doOnError(this::count);
		}

		/** Those of clones alone, also where another one made up for it. */
		private void count(Throwable failure) {
			Failure kind = Failure.of(failure);
			if (kind != Failure.OTHER) {
				String service = this.target.clones().service();
				this.meters.counter("clone.failures", "service", service, "kind", kind.name()).increment();
			}
		}

	}

}
