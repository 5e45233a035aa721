package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.agora.launcher.process.Tier;

/**
 * Stops all processes, callers first, those of a tier in parallel.
 *
 * @param processes the processes; the list is also the lock that guards it
 * @param threads run the stops
 * @param out receives a message for each process that cannot be stopped
 */
record OrderedStop(List<ManagedProcess> processes, Executor threads, Consumer<String> out) {

	void run() {
		for (Tier tier : Tier.callersFirst()) {
			List<CompletableFuture<Void>> stopping = new ArrayList<>();
			synchronized (this.processes) {
				this.processes.stream()
					.filter((process) -> process.spec().tier() == tier)
					.forEach((process) -> stopping.add(CompletableFuture.runAsync(() -> stop(process), this.threads)));
			}
			stopping.forEach(CompletableFuture::join);
		}
	}

	private void stop(ManagedProcess process) {
		try {
			process.stop();
		}
		catch (IOException | InterruptedException ex) {
			this.out.accept(process.name() + " could not be stopped: " + ex);
		}
	}

}
