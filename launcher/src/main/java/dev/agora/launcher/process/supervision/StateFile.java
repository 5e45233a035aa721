package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.root.DataDirectory;

/** Writes down what runs, for the other commands, until the system is stopped. */
final class StateFile {

	private final DataDirectory data;

	/** Also the lock of what is written here. */
	private final List<ManagedProcess> processes;

	private List<String> gatewayUrls = List.of();

	private @Nullable String controlUrl;

	private boolean deleted;

	StateFile(DataDirectory data, List<ManagedProcess> processes) {
		this.data = data;
		this.processes = processes;
	}

	void control(String url) throws IOException {
		synchronized (this.processes) {
			this.controlUrl = url;
			write();
		}
	}

	void gateways(List<String> urls) throws IOException {
		synchronized (this.processes) {
			this.gatewayUrls = urls;
			write();
		}
	}

	/**
	 * Writes what runs. A full disk must not keep a process from being started or
	 * watched.
	 * @param out is given a sentence if it cannot be written
	 */
	void writeIfPossible(Consumer<String> out) {
		try {
			write();
		}
		catch (IOException ex) {
			out.accept("The state of the system cannot be written down: " + ex.getMessage());
		}
	}

	private void write() throws IOException {
		synchronized (this.processes) {
			if (!this.deleted) {
				SystemState.of(this.gatewayUrls, this.controlUrl, this.processes).write(this.data);
			}
		}
	}

	/** Nothing is written from here on. */
	void delete() throws IOException {
		synchronized (this.processes) {
			this.deleted = true;
			Files.deleteIfExists(this.data.stateFile());
		}
	}

}
