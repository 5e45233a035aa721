package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.root.DataDirectory;

/** Writes the state of the system to its file, for the other commands. */
final class StateFile {

	private final DataDirectory data;

	/** The list is also the lock that guards the fields. */
	private final List<ManagedProcess> processes;

	private List<String> gatewayUrls = List.of();

	private @Nullable String controlUrl;

	private @Nullable String consoleUrl;

	private boolean deleted;

	StateFile(DataDirectory data, List<ManagedProcess> processes) {
		this.data = data;
		this.processes = processes;
	}

	void setControlUrl(String url) throws IOException {
		synchronized (this.processes) {
			this.controlUrl = url;
			write();
		}
	}

	void setConsoleUrl(String url) throws IOException {
		synchronized (this.processes) {
			this.consoleUrl = url;
			write();
		}
	}

	void setGatewayUrls(List<String> urls) throws IOException {
		synchronized (this.processes) {
			this.gatewayUrls = urls;
			write();
		}
	}

	/**
	 * Writes the state, and prints a failure. A full disk must not prevent the start of a
	 * process.
	 * @param out receives a message if the file cannot be written
	 */
	void writeIfPossible(Consumer<String> out) {
		try {
			write();
		}
		catch (IOException ex) {
			out.accept("The state of the system cannot be written: " + ex.getMessage()
					+ ". ./agora status is out of date.");
		}
	}

	private void write() throws IOException {
		synchronized (this.processes) {
			if (!this.deleted) {
				SystemState.of(this.gatewayUrls, this.controlUrl, this.consoleUrl, this.processes).write(this.data);
			}
		}
	}

	/** Deletes the file and ignores all later writes. */
	void delete() throws IOException {
		synchronized (this.processes) {
			this.deleted = true;
			Files.deleteIfExists(this.data.stateFile());
		}
	}

}
