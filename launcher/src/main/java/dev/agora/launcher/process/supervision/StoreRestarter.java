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
 * Starts stores and brokers again that have ended on their own. A service is left to the
 * user, who may want to see what its end does.
 */
final class StoreRestarter {

	private final Executor threads;

	private final Consumer<String> out;

	private final Start start;

	StoreRestarter(Executor threads, Consumer<String> out, Start start) {
		this.threads = threads;
		this.out = out;
		this.start = start;
	}

	/** A run of a process has ended on its own; says what follows from that. */
	void ended(ManagedProcess process, Process run) {
		Optional<Duration> pause = (process.spec().tier() == Tier.STORE)
				? process.restarts().ended(run.exitValue(), process.age()) : Optional.empty();
		if (pause.isEmpty()) {
			this.out.accept("Start it again with: ./agora start " + process.name());
			return;
		}
		this.out.accept("The launcher starts " + process.name() + " again in " + pause.get().toSeconds() + " s.");
		this.threads.execute(() -> startAgain(process, run, pause.get()));
	}

	private void startAgain(ManagedProcess process, Process run, Duration pause) {
		try {
			TimeUnit.MILLISECONDS.sleep(pause.toMillis());
			if (!process.wasAsked(run) && !process.isAlive()) {
				this.start.start(process);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Problem ex) {
			// If it has ended meanwhile, that was reported, and has consequences of its
			// own.
			if (process.isAlive()) {
				this.out.accept(String.valueOf(ex.getMessage()));
			}
		}
		catch (IOException ex) {
			this.out.accept(process.name() + " cannot be started: " + ex.getMessage() + ". Start it again with: "
					+ "./agora start " + process.name());
		}
	}

	/** How a process is started. */
	interface Start {

		void start(ManagedProcess process) throws IOException;

	}

}
