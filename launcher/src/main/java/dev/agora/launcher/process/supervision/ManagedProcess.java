package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.container.Container;
import dev.agora.launcher.process.ClassArchive;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.ServiceJar;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Starts, awaits and stops one process of the system, more than once if needed. */
final class ManagedProcess {

	private static final Path SETSID = Path.of("/usr/bin/setsid");

	private static final int TAIL_BYTES = 16_384;

	private ProcessSpec spec;

	private final Path log;

	private @Nullable Process process;

	/** The run whose stop was requested last. */
	private volatile @Nullable Process stopping;

	private volatile boolean frozen;

	/** The process that other commands see, which may run in a container. */
	private @Nullable ProcessHandle visible;

	private Instant visibleSince = Instant.EPOCH;

	private final RestartPolicy restarts = new RestartPolicy();

	private volatile long startedAt = System.nanoTime();

	ManagedProcess(ProcessSpec spec, Path log) {
		this.spec = spec;
		this.log = log;
	}

	ProcessSpec spec() {
		return this.spec;
	}

	String name() {
		return this.spec.name();
	}

	/** Replaces the build from the next start on. */
	synchronized void replaceJar(ServiceJar app) {
		this.spec = app.applyTo(this.spec);
	}

	synchronized Process start() throws IOException {
		Files.createDirectories(this.log.getParent());
		List<String> command = new ArrayList<>(this.spec.command());
		if (Files.isExecutable(SETSID)) {
			// In its own session the process is not ended by Ctrl-C, but stopped in
			// order.
			command.add(0, SETSID.toString());
		}
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.spec.directory().toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
		builder.environment().putAll(this.spec.environment());
		Process running = builder.start();
		this.process = running;
		this.frozen = false;
		this.startedAt = System.nanoTime();
		track(running.toHandle());
		return running;
	}

	private synchronized void track(ProcessHandle handle) {
		this.visible = handle;
		this.visibleSince = ProcessState.startTimeOf(handle);
	}

	synchronized boolean isAlive() {
		return this.process != null && this.process.isAlive();
	}

	synchronized boolean wasStarted() {
		return this.process != null;
	}

	RestartPolicy restarts() {
		return this.restarts;
	}

	/** Returns the time since the last start. */
	Duration uptime() {
		return Duration.ofNanos(System.nanoTime() - this.startedAt);
	}

	/** Whether the stop of a run was requested. */
	boolean stopRequested(Process run) {
		return run.equals(this.stopping);
	}

	/** Waits until the process is ready; returns false if it ends or the time is up. */
	boolean awaitReady(Duration timeout) throws InterruptedException {
		long end = System.nanoTime() + timeout.toNanos();
		while (System.nanoTime() < end && isAlive()) {
			if (isReady()) {
				trackContainedProcess();
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
		return false;
	}

	private void trackContainedProcess() throws InterruptedException {
		try {
			Optional<Container> container = this.spec.container();
			if (container.isPresent()) {
				container.get().findProcess().ifPresent(this::track);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isReady() throws InterruptedException {
		try {
			return this.spec.readiness().isReady();
		}
		catch (IOException ex) {
			// The process does not listen yet.
			return false;
		}
	}

	/** Freezes the process, which then does not respond, or ends that. */
	void freeze(boolean frozen) throws IOException, InterruptedException {
		Process running = running();
		if (running == null) {
			throw new Problem(name() + " does not run.");
		}
		if (this.spec.container().isPresent()) {
			throw new Problem(name() + " runs in a container and cannot be paused.");
		}
		signal(running, frozen ? "-STOP" : "-CONT");
		this.frozen = frozen;
	}

	private static void signal(Process running, String signal) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", signal, String.valueOf(running.pid())).start();
		if (kill.waitFor() != 0) {
			throw new Problem("The process " + running.pid() + " cannot be signalled.");
		}
	}

	private synchronized @Nullable Process running() {
		return isAlive() ? this.process : null;
	}

	/** Stops the process, and kills it if it does not end in time. */
	void stop() throws IOException, InterruptedException {
		Process running = beginStop();
		if (running == null) {
			return;
		}
		if (this.frozen) {
			// A frozen process would not receive the request to end.
			signal(running, "-CONT");
		}
		running.destroy();
		if (!running.waitFor(this.spec.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
			running.destroyForcibly().waitFor();
		}
		cleanUp(running);
	}

	/** Kills the process as {@code kill -9} does. */
	void kill() throws IOException, InterruptedException {
		Process running = beginStop();
		if (running != null) {
			running.destroyForcibly().waitFor();
			cleanUp(running);
		}
	}

	private synchronized @Nullable Process beginStop() {
		this.stopping = this.process;
		this.restarts.reset();
		return isAlive() ? this.process : null;
	}

	/** Another command may have killed the process while this one stopped it. */
	private void cleanUp(Process ended) throws IOException, InterruptedException {
		Optional<Container> container = this.spec.container();
		if (container.isPresent()) {
			container.get().remove();
		}
		ClassArchive archive = this.spec.archive();
		if (archive != null) {
			archive.installAfter(ended.exitValue());
			this.spec = this.spec.using(archive);
		}
	}

	synchronized ProcessState state() {
		ProcessHandle current = this.visible;
		if (current == null) {
			throw new IllegalStateException(name() + " was never started");
		}
		boolean paused = this.frozen && isAlive();
		return new ProcessState(name(), current.pid(), this.spec.port(), this.spec.managementPort(),
				this.log.toString(), this.spec.version(), this.visibleSince, paused,
				paused ? "is paused." : this.restarts.note());
	}

	/** Reads the last lines of the log. */
	List<String> tail(int lines) throws IOException {
		return tail(this.log, lines);
	}

	static List<String> tail(Path log, int lines) throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
			long from = Math.max(0, file.length() - TAIL_BYTES);
			byte[] bytes = new byte[(int) (file.length() - from)];
			file.seek(from);
			file.readFully(bytes);
			List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
			return all.subList(Math.max(0, all.size() - lines), all.size());
		}
	}

}
