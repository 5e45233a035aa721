package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

/** A system on a data directory of its own, which a command starts and stops. */
final class OwnSystem implements AutoCloseable {

	private static final long START_SECONDS = 300;

	private static final long STOP_SECONDS = 60;

	private final Process launcher;

	private final Path folder;

	private final Path data;

	private final Path log;

	/**
	 * Starts a system, and waits until it is ready.
	 * @param root the folder of the project
	 * @param options the options of {@code ./agora up}
	 */
	OwnSystem(Path root, List<String> options) throws IOException, InterruptedException {
		this.folder = Files.createTempDirectory("agora-show");
		this.data = this.folder.resolve("data");
		this.log = this.folder.resolve("up.log");
		List<String> command = new ArrayList<>(List.of(root.resolve("agora").toAbsolutePath().toString(), "up",
				"--data", this.data.toString(), "--port", "0"));
		command.addAll(options);
		System.out.println("Starting a system of its own: " + String.join(" ", command));
		this.launcher = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(this.log.toFile()).start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.launcher::destroy));
		awaitReady();
	}

	private void awaitReady() throws InterruptedException, IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!Files.readString(this.log).contains("Agora is ready")) {
			if (!this.launcher.isAlive() || System.nanoTime() > deadline) {
				this.launcher.destroy();
				throw new Problem("The system did not start; see " + this.log);
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	Path data() {
		return this.data;
	}

	/** Stops the system, and deletes its data. */
	@Override
	public void close() throws IOException {
		this.launcher.destroy();
		if (!isEnded()) {
			throw new Problem("The system did not stop: run ./agora down --data " + this.data);
		}
		FileSystemUtils.deleteRecursively(this.folder);
	}

	private boolean isEnded() {
		try {
			return this.launcher.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
