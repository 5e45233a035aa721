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
 * Sends a request to an instance of a service. After a failure it is sent once more, to
 * another instance, if the repetition does no harm.
 */
public final class LoadBalancer {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final Map<String, Target> targets = new HashMap<>();

	private final MeterRegistry meters;

	public LoadBalancer(InstanceRegistry registry, LoadBalancerSettings settings, MeterRegistry meters) {
		this.meters = meters;
		registry.all().forEach((pool) -> this.targets.put(pool.service(), target(pool, settings)));
	}

	/**
	 * Sends a request.
	 * @param service the service's name
	 * @param retryOn the failures after which the request may be sent again
	 * @param attempt sends the request to an instance
	 * @return the response
	 * @throws Unavailable if no instance can be reached
	 */
	public <T> Mono<T> call(String service, RetryOn retryOn, Function<Instance, Mono<T>> attempt) {
		return call(service, retryOn, attempt, InstancePool::choose);
	}

	/**
	 * Sends a request for a stream to an instance with few open streams. Its response
	 * ends when the stream has begun.
	 */
	public <T> Mono<T> callForStream(String service, RetryOn retryOn, Function<Instance, Mono<T>> attempt) {
		return call(service, retryOn, attempt, InstancePool::chooseForStream);
	}

	private <T> Mono<T> call(String service, RetryOn retryOn, Function<Instance, Mono<T>> attempt,
			Function<InstancePool, @Nullable Instance> choice) {
		return Mono.defer(() -> new Call<>(requireTarget(service), retryOn, attempt, this.meters).start(choice))
			.onErrorMap((failure) -> toProblem(service, failure));
	}

	/**
	 * Sends a request whose body is streamed. It is sent once, as its body can be read
	 * once, and how long it takes says nothing about the instance.
	 */
	public <T> Mono<T> callStreamed(String service, Function<Instance, Mono<T>> attempt) {
		return Mono.defer(() -> new Call<>(requireTarget(service), RetryOn.NEVER, attempt, this.meters).startStreamed())
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
			case CONNECT_FAILED, POOL_EXHAUSTED -> unreachable(service);
			case CLOSED, BROKEN -> new Unavailable(
					"The connection to " + service + " broke before its response. The request may have taken effect.",
					RETRY_AFTER);
			case TIMED_OUT -> new DeadlineExceeded("The " + service + " did not respond in time.");
			case OTHER -> failure;
		};
	}

	private static Unavailable unreachable(String service) {
		return new Unavailable("The " + service + " cannot be reached. Try again later.", RETRY_AFTER);
	}

	private Target target(InstancePool pool, LoadBalancerSettings settings) {
		RetryBudget budget = new RetryBudget(settings, System::nanoTime);
		return new Target(pool, new BudgetedRetries(pool.service(), budget, this.meters));
	}

	private record Target(InstancePool pool, BudgetedRetries retries) {
	}

	private record Call<T>(Target target, RetryOn retryOn, Function<Instance, Mono<T>> attempt, MeterRegistry meters) {

		Mono<T> start(Function<InstancePool, @Nullable Instance> choice) {
			Instance instance = choose(choice);
			this.target.retries().onRequest();
			return attempt(instance).onErrorResume((failure) -> retry(instance, failure));
		}

		Mono<T> startStreamed() {
			return choose(InstancePool::choose).serveStreamed(this.attempt).doOnError(this::countFailure);
		}

		private Instance choose(Function<InstancePool, @Nullable Instance> choice) {
			@Nullable Instance instance = choice.apply(this.target.pool());
			if (instance == null) {
				throw unreachable(this.target.pool().service());
			}
			return instance;
		}

		private Mono<T> retry(Instance failed, Throwable failure) {
			Failure kind = Failure.of(failure);
			@Nullable Instance other = this.retryOn.allows(kind) ? this.target.pool().chooseAlternative(failed, kind) : null;
			return (other != null && this.target.retries().tryRetry(kind)) ? attempt(other) : Mono.error(failure);
		}

		private Mono<T> attempt(Instance instance) {
			return instance.serve(this.attempt).doOnError(this::countFailure);
		}

		/** Counts failures of instances, also if the retry succeeds. */
		private void countFailure(Throwable failure) {
			Failure kind = Failure.of(failure);
			if (kind != Failure.OTHER) {
				String service = this.target.pool().service();
				this.meters.counter("clone.failures", "service", service, "kind", kind.name()).increment();
			}
		}

	}

}
