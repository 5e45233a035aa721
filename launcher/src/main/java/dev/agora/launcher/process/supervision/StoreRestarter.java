package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.Problem;

/**
 * Restarts stores and brokers that have ended unexpectedly. Services are not restarted,
 * since the user may want to see how the system behaves without them.
 */
final class StoreRestarter {

	private final Executor threads;

	private final Consumer<String> out;

	private final Starter starter;

	StoreRestarter(Executor threads, Consumer<String> out, Starter starter) {
		this.threads = threads;
		this.out = out;
		this.starter = starter;
	}

	/** Handles an unexpected end: restarts a store, and prints what happens next. */
	void onExit(ManagedProcess process, Process run) {
		Optional<Duration> delay = (process.spec().tier() == Tier.STORE)
				? process.restarts().nextDelay(run.exitValue(), process.uptime()) : Optional.empty();
		if (delay.isEmpty()) {
			this.out.accept("Start it with: ./agora start " + process.name());
			return;
		}
		this.out.accept("The launcher restarts " + process.name() + " in " + delay.get().toSeconds() + " s.");
		this.threads.execute(() -> restart(process, run, delay.get()));
	}

	private void restart(ManagedProcess process, Process run, Duration delay) {
		try {
			TimeUnit.MILLISECONDS.sleep(delay.toMillis());
			if (!process.stopRequested(run) && !process.isAlive()) {
				this.starter.start(process);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Problem ex) {
			// The end of the process is handled and reported by its own call of onExit.
			if (process.isAlive()) {
				this.out.accept(String.valueOf(ex.getMessage()));
			}
		}
		catch (IOException ex) {
			this.out.accept(process.name() + " cannot be restarted: " + ex.getMessage()
					+ ". Start it with: ./agora start " + process.name());
		}
	}

	/** Starts a process. */
	interface Starter {

		void start(ManagedProcess process) throws IOException;

	}

}
