package dev.agora.platform.metrics;

import java.util.function.IntSupplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Registers how much of a pool, a limit or a bounded queue is in use. All of them have
 * the same two metrics, so that one rule shows each that is nearly used up.
 */
public final class CapacityMeters {

	private static final String TAG = "resource";

	private CapacityMeters() {
	}

	/**
	 * Registers {@code capacity.used} and {@code capacity.limit} of a resource.
	 * @param resource the name of the resource, a plural that names what is counted
	 */
	public static void register(MeterRegistry meters, String resource, IntSupplier used, IntSupplier limit) {
		Gauge.builder("capacity.used", used::getAsInt)
			.description("How much of a pool, limit or queue is in use")
			.tag(TAG, resource)
			.register(meters);
		Gauge.builder("capacity.limit", limit::getAsInt)
			.description("How much of a pool, limit or queue can be in use")
			.tag(TAG, resource)
			.register(meters);
	}

	/**
	 * Registers {@code capacity.waiting} of a resource that callers wait for when it is
	 * used up.
	 */
	public static void registerWaiting(MeterRegistry meters, String resource, IntSupplier waiting) {
		Gauge.builder("capacity.waiting", waiting::getAsInt)
			.description("How many callers wait for a part of a pool or limit")
			.tag(TAG, resource)
			.register(meters);
	}

}
