package dev.agora.measure;

import java.io.IOException;
import java.util.List;

/**
 * The services, the gateway and the console of the running system while they are
 * suspended, so that their work without requests takes nothing from what is measured.
 * They continue on close, and if the program is interrupted.
 */
final class SuspendedServices implements AutoCloseable {

	private final List<Long> pids;

	private final ActionAtEnd end;

	SuspendedServices(RunningSystem system) throws IOException {
		this.pids = system.services();
		this.end = new ActionAtEnd(this::resume);
		for (long pid : this.pids) {
			Signal.STOP.send(pid);
		}
	}

	private void resume() {
		for (long pid : this.pids) {
			try {
				Signal.CONT.send(pid);
			}
			catch (IOException | Problem ex) {
				System.err.println("Process " + pid + " is still suspended: " + ex.getMessage());
			}
		}
	}

	@Override
	public void close() {
		this.end.close();
	}

}
