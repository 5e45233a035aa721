package dev.agora.system;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Waits that say what they await and for how long at the most. */
final class Await {

	/**
	 * The bound of what happens within a second, unless the machine has much else to do.
	 */
	static final Duration SOON = Duration.ofMinutes(2);

	private static final Duration POLL = Duration.ofMillis(5);

	private Await() {
	}

	static void until(String what, Duration bound, BooleanSupplier condition) {
		Awaitility.await(what).atMost(bound).pollDelay(Duration.ZERO).pollInterval(POLL).until(condition::getAsBoolean);
	}

	/** The first value that is not null. */
	static <T> T value(String what, Duration bound, Supplier<@Nullable T> source) {
		AtomicReference<@Nullable T> value = new AtomicReference<>();
		until(what, bound, () -> {
			value.set(source.get());
			return value.get() != null;
		});
		return Objects.requireNonNull(value.get());
	}

}
