package dev.agora.gateway.balance;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import dev.agora.platform.problem.TimedOut;
import dev.agora.platform.problem.Unavailable;

/**
 * Brings a request to one of a service's clones, and once to another where the first
 * cannot be reached.
 */
public final class Balancer {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	private final Map<String, Clones> services = new HashMap<>();

	private final MeterRegistry meters;

	public Balancer(ClonesSettings settings, Clock clock, MeterRegistry meters) {
		this.meters = meters;
		settings.byService().forEach((service, addresses) -> this.services.put(service, clones(addresses, clock)));
	}

	/**
	 * Makes a request.
	 * @param service the service's name
	 * @param repeatable whether it does no harm when it is carried out twice
	 * @param attempt makes the request to the clone at an address
	 * @return the answer
	 * @throws Unavailable if no clone could be reached
	 */
	public <T> Mono<T> call(String service, boolean repeatable, Function<URI, Mono<T>> attempt) {
		return Mono.defer(() -> firstAndOther(requireClones(service), repeatable, attempt))
			.doOnError((failure) -> count(service, failure))
			.onErrorMap((failure) -> toProblem(service, failure));
	}

	private <T> Mono<T> firstAndOther(Clones clones, boolean repeatable, Function<URI, Mono<T>> attempt) {
		Clone first = clones.choose();
		return first.serve(attempt)
			.onErrorResume((failure) -> isWorthAnother(failure, repeatable),
					(failure) -> another(clones, first, failure, attempt));
	}

	private <T> Mono<T> another(Clones clones, Clone first, Throwable failure, Function<URI, Mono<T>> attempt) {
		return clones.chooseOther(first).map((other) -> other.serve(attempt)).orElseGet(() -> Mono.error(failure));
	}

	/**
	 * What was never sent is sent again whatever it is, else only what may be repeated.
	 */
	private static boolean isWorthAnother(Throwable failure, boolean repeatable) {
		Failure kind = Failure.of(failure);
		return kind == Failure.NOT_CONNECTED || (repeatable && (kind == Failure.CLOSED || kind == Failure.BROKEN));
	}

	private Clones requireClones(String service) {
		Clones clones = this.services.get(service);
		if (clones == null || clones.isEmpty()) {
			throw unreachable(service);
		}
		return clones;
	}

	private void count(String service, Throwable failure) {
		this.meters.counter("clone.failures", "service", service, "kind", Failure.of(failure).name()).increment();
	}

	private static Throwable toProblem(String service, Throwable failure) {
		return switch (Failure.of(failure)) {
			case NOT_CONNECTED, CROWDED -> unreachable(service);
			case CLOSED, BROKEN -> new Unavailable(
					"The connection to " + service + " broke before it answered; it may have acted.", RETRY_AFTER);
			case TOO_SLOW -> new TimedOut("The answer of " + service + " was not ready in time.");
			case OTHER -> failure;
		};
	}

	private static Unavailable unreachable(String service) {
		return new Unavailable("The " + service + " cannot be reached.", RETRY_AFTER);
	}

	private static Clones clones(List<URI> addresses, Clock clock) {
		return new Clones(addresses.stream().map((address) -> new Clone(address, clock)).toList());
	}

}
