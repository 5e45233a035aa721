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
		this.end = new ActionAtEnd(() -> Signal.resume(this.pids));
		for (long pid : this.pids) {
			Signal.STOP.send(pid);
		}
	}

	@Override
	public void close() {
		this.end.close();
	}

}
