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
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

import dev.agora.launcher.root.Problem;

/** One kind of things to load: many at a time, never more than allowed, with a bar. */
final class LoadStage {

	private static final int TOLD = 10;

	private final String name;

	private final Semaphore room;

	private final int concurrency;

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

	LoadStage(String name, int concurrency) {
		this.name = name;
		this.room = new Semaphore(concurrency);
		this.concurrency = concurrency;
	}

	/** Loads all; returns how many were refused, each of them named. */
	<T> int run(Collection<T> items, Function<T, CompletableFuture<?>> load) throws InterruptedException {
		if (items.isEmpty()) {
			return 0;
		}
		try (ProgressBar bar = new ProgressBarBuilder().setTaskName(String.format("%-9s", this.name))
			.setInitialMax(items.size())
			.setStyle(ProgressBarStyle.ASCII)
			.setUpdateIntervalMillis(500)
			.showSpeed()
			.build()) {
			for (T item : items) {
				this.room.acquire();
				stopIfHopeless();
				CompletableFuture<?> unused = load.apply(item).whenComplete((done, failure) -> finish(bar, failure));
			}
			this.room.acquire(this.concurrency);
			stopIfHopeless();
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
				tell(refusal, this.refused.incrementAndGet());
			}
			else {
				this.fatal.compareAndSet(null, cause);
			}
		}
		bar.step();
		this.room.release();
	}

	private static void tell(ApiFailure refusal, int number) {
		if (number <= TOLD) {
			System.err.println("\n" + refusal.getMessage());
		}
		else if (number == TOLD + 1) {
			System.err.println("\nThere are more that are refused.");
		}
	}

	private void stopIfHopeless() {
		Throwable cause = this.fatal.get();
		if (cause != null) {
			throw new Problem("Loading " + this.name + " has stopped: " + cause.getMessage()
					+ "\nThe same command goes on where it was.");
		}
	}

}
