package dev.agora.system;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, with a description and a bound. */
final class Await {

	/** The bound for an effect that takes less than a second on an idle machine. */
	static final Duration SOON = Duration.ofMinutes(2);

	private static final Duration POLL = Duration.ofMillis(5);

	private Await() {
	}

	static void until(String description, Duration bound, BooleanSupplier condition) {
		Awaitility.await(description)
			.atMost(bound)
			.pollDelay(Duration.ZERO)
			.pollInterval(POLL)
			.until(condition::getAsBoolean);
	}

	/** Waits for the first value that is not null. */
	static <T> T value(String description, Duration bound, Supplier<@Nullable T> source) {
		AtomicReference<@Nullable T> value = new AtomicReference<>();
		until(description, bound, () -> {
			value.set(source.get());
			return value.get() != null;
		});
		return Objects.requireNonNull(value.get());
	}

}
