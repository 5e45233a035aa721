package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

/** A system on a data directory of its own, which a command starts and stops. */
final class OwnSystem implements AutoCloseable {

	private static final long START_SECONDS = 300;

	/**
	 * A service may take half a minute, or three times that when it writes its class
	 * archive, and the tiers stop one after the other.
	 */
	private static final long STOP_SECONDS = 240;

	private final Process launcher;

	private final Path folder;

	private final Path data;

	private final Path log;

	/**
	 * Starts a system, and waits until it is ready.
	 * @param root the folder of the project
	 * @param options the options of {@code ./agora up}
	 * @param environment variables of its environment
	 */
	OwnSystem(Path root, List<String> options, Map<String, String> environment)
			throws IOException, InterruptedException {
		this.folder = Files.createTempDirectory("agora-show");
		this.data = this.folder.resolve("data");
		this.log = this.folder.resolve("up.log");
		List<String> command = new ArrayList<>(List.of(root.resolve("agora").toAbsolutePath().toString(), "up",
				"--data", this.data.toString(), "--port", "0"));
		command.addAll(options);
		System.out.println("Starting a system of its own: " + String.join(" ", command));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		builder.environment().putAll(environment);
		try {
			this.launcher = builder.start();
		}
		catch (IOException ex) {
			FileSystemUtils.deleteRecursively(this.folder);
			throw ex;
		}
		Runtime.getRuntime().addShutdownHook(new Thread(this.launcher::destroy));
		awaitReady();
	}

	private void awaitReady() throws InterruptedException, IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!Files.readString(this.log).contains("Agora is ready")) {
			if (!this.launcher.isAlive() || System.nanoTime() > deadline) {
				stop();
				throw new Problem("The system did not start; see " + this.log);
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	Path data() {
		return this.data;
	}

	/**
	 * Stops the system, and deletes its data. If it does not stop in time, that is
	 * printed, and the data stays; the findings count nevertheless.
	 */
	@Override
	public void close() throws IOException {
		if (stop()) {
			FileSystemUtils.deleteRecursively(this.folder);
		}
	}

	private boolean stop() {
		System.out.println("Stopping the system.");
		this.launcher.destroy();
		boolean stopped = isEnded();
		if (!stopped) {
			System.err.printf("The system still runs %d s after the signal to stop: run ./agora down --data %s%n",
					STOP_SECONDS, this.data);
		}
		return stopped;
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
