package dev.agora.launcher.load;

import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.load.api.ApiFailure;
import dev.agora.launcher.load.imports.ProgressBars;
import dev.agora.launcher.root.Problem;

/** Loads all items of one kind, with bounded concurrency and a progress bar. */
final class LoadStage {

	private static final int MAX_SHOWN = 10;

	private final String name;

	private final Semaphore permits;

	private final int concurrency;

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

	LoadStage(String name, int concurrency) {
		this.name = name;
		this.permits = new Semaphore(concurrency);
		this.concurrency = concurrency;
	}

	/** Loads all items; returns how many were refused. */
	<T> int run(Collection<T> items, Function<T, CompletableFuture<?>> load) throws InterruptedException {
		if (items.isEmpty()) {
			return 0;
		}
		try (ProgressBar bar = ProgressBars.create(this.name, items.size())) {
			for (T item : items) {
				this.permits.acquire();
				throwIfFailed();
				CompletableFuture<?> unused = load.apply(item).whenComplete((done, failure) -> finish(bar, failure));
			}
			this.permits.acquire(this.concurrency);
			throwIfFailed();
		}
		if (this.refused.get() > 0) {
			System.err.println(this.refused.get() + " of " + items.size() + " " + this.name + " were refused.");
		}
		return this.refused.get();
	}

	private void finish(ProgressBar bar, @Nullable Throwable failure) {
		if (failure != null) {
			Throwable cause = (failure instanceof CompletionException)
					? Objects.requireNonNullElse(failure.getCause(), failure) : failure;
			if (cause instanceof ApiFailure refusal && refusal.isRefusal()) {
				show(refusal, this.refused.incrementAndGet());
			}
			else {
				this.fatal.compareAndSet(null, cause);
			}
		}
		bar.step();
		this.permits.release();
	}

	private static void show(ApiFailure refusal, int number) {
		if (number <= MAX_SHOWN) {
			System.err.println("\n" + refusal.getMessage());
		}
		else if (number == MAX_SHOWN + 1) {
			System.err.println("\nFurther refusals are only counted.");
		}
	}

	private void throwIfFailed() {
		Throwable cause = this.fatal.get();
		if (cause != null) {
			throw new Problem("Loading " + this.name + " has stopped: " + cause.getMessage()
					+ "\nThe same command continues where it stopped.");
		}
	}

}
