package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A system on a data directory of its own, which a command starts and stops. */
final class OwnSystem implements AutoCloseable {

	private static final long START_SECONDS = 300;

	/**
	 * A service may take half a minute, or three times that when it writes its class
	 * archive, and the tiers stop one after the other.
	 */
	private static final long STOP_SECONDS = 240;

	private final Path folder;

	private final Path data;

	private final Path log;

	private final ActionAtEnd end = new ActionAtEnd(this::stopAndDelete);

	private @Nullable Process launcher;

	private boolean ended;

	/**
	 * Starts a system, and waits until it is ready. It is stopped and its data are
	 * deleted as well if the program is interrupted.
	 * @param root the folder of the project
	 * @param options the options of {@code ./agora up}
	 * @param environment variables of its environment
	 * @throws Problem if it does not become ready; its log stays
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
		Process started;
		try {
			started = start(builder);
		}
		catch (IOException ex) {
			close();
			throw ex;
		}
		awaitReady(started);
	}

	/** Once the program ends, no process is started that nothing would stop. */
	private synchronized Process start(ProcessBuilder builder) throws IOException {
		if (this.ended) {
			throw new Problem("No system is started, since the program ends.");
		}
		Process started = builder.start();
		this.launcher = started;
		return started;
	}

	private void awaitReady(Process started) throws InterruptedException, IOException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
		while (!Files.readString(this.log).contains("Agora is ready")) {
			if (!started.isAlive() || System.nanoTime() > deadline) {
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
	public void close() {
		this.end.close();
	}

	private void stopAndDelete() {
		if (!stop()) {
			return;
		}
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			System.err.println(this.folder + " remains: " + ex);
		}
	}

	/**
	 * Returns whether this has stopped the system, which an earlier call may have done.
	 */
	private synchronized boolean stop() {
		if (this.ended) {
			return false;
		}
		this.ended = true;
		Process started = this.launcher;
		if (started == null) {
			return true;
		}
		System.out.println("Stopping the system.");
		started.destroy();
		boolean stopped = isEnded(started);
		if (!stopped) {
			System.err.printf("The system still runs %d s after the signal to stop: run ./agora down --data %s%n",
					STOP_SECONDS, this.data);
		}
		return stopped;
	}

	private static boolean isEnded(Process started) {
		try {
			return started.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
