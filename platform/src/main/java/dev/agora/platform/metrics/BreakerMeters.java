package dev.agora.platform.metrics;

import java.util.List;
import java.util.Locale;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Registers the state of a circuit breaker as {@code circuit.breaker.state}: 1 for the
 * state that it has, 0 for the others.
 */
public final class BreakerMeters {

	private static final List<State> STATES = List.of(State.CLOSED, State.OPEN, State.HALF_OPEN);

	private BreakerMeters() {
	}

	/**
	 * Registers the state.
	 * @param name the value of the tag {@code breaker}
	 */
	public static void register(MeterRegistry meters, String name, CircuitBreaker breaker) {
		STATES.forEach((state) -> Gauge.builder("circuit.breaker.state", () -> (breaker.getState() == state) ? 1 : 0)
			.description("1 for the state that the circuit breaker has, 0 for the others")
			.tag("breaker", name)
			.tag("state", state.name().toLowerCase(Locale.ROOT))
			.register(meters));
	}

}
