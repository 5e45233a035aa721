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
import dev.agora.launcher.root.ProcessState;

/** One process of the system: started, awaited, stopped, and started again. */
final class ManagedProcess {

	private static final Path SETSID = Path.of("/usr/bin/setsid");

	private static final int TAIL_BYTES = 16_384;

	private ProcessSpec spec;

	private final Path log;

	private @Nullable Process process;

	private volatile @Nullable Process asked;

	/** What the others see of it: in a container it is not the process started here. */
	private @Nullable ProcessHandle seen;

	private Instant started = Instant.EPOCH;

	private final RestartPolicy restarts = new RestartPolicy();

	private volatile long begun = System.nanoTime();

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

	/** From its next start on it is another build. */
	synchronized void replaceBy(ServiceJar app) {
		this.spec = app.applyTo(this.spec);
	}

	synchronized Process start() throws IOException {
		Files.createDirectories(this.log.getParent());
		List<String> command = new ArrayList<>(this.spec.command());
		if (Files.isExecutable(SETSID)) {
			// A session of its own: else Ctrl-C ends all at once instead of in order.
			command.add(0, SETSID.toString());
		}
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.spec.directory().toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
		builder.environment().putAll(this.spec.environment());
		Process running = builder.start();
		this.process = running;
		this.begun = System.nanoTime();
		see(running.toHandle());
		return running;
	}

	private synchronized void see(ProcessHandle handle) {
		this.seen = handle;
		this.started = ProcessState.startOf(handle);
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

	/** The time since its last start. */
	Duration age() {
		return Duration.ofNanos(System.nanoTime() - this.begun);
	}

	/** Whether the end of this run was asked for. */
	boolean wasAsked(Process run) {
		return run.equals(this.asked);
	}

	/** Waits until it is ready, at most as long as given. */
	boolean awaitReady(Duration bound) throws InterruptedException {
		long end = System.nanoTime() + bound.toNanos();
		while (System.nanoTime() < end && isAlive()) {
			if (isReady()) {
				seeInside();
				return true;
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
		return false;
	}

	private void seeInside() throws InterruptedException {
		try {
			Optional<Container> container = this.spec.container();
			if (container.isPresent()) {
				container.get().process().ifPresent(this::see);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isReady() throws InterruptedException {
		try {
			return this.spec.ready().isReady();
		}
		catch (IOException ex) {
			// Not listening yet.
			return false;
		}
	}

	/** Asks it to end, and makes it when it does not in time. */
	void stop() throws IOException, InterruptedException {
		Process running = begin();
		if (running == null) {
			return;
		}
		running.destroy();
		if (!running.waitFor(this.spec.stopBound().toMillis(), TimeUnit.MILLISECONDS)) {
			running.destroyForcibly().waitFor();
		}
		ended();
	}

	/** Ends it as {@code kill -9} does. */
	void kill() throws IOException, InterruptedException {
		Process running = begin();
		if (running != null) {
			running.destroyForcibly().waitFor();
			ended();
		}
	}

	private synchronized @Nullable Process begin() {
		this.asked = this.process;
		this.restarts.reset();
		return isAlive() ? this.process : null;
	}

	private void ended() throws IOException, InterruptedException {
		Optional<Container> container = this.spec.container();
		if (container.isPresent()) {
			container.get().remove();
		}
		ClassArchive archive = this.spec.archive();
		if (archive != null) {
			archive.keep();
			this.spec = this.spec.using(archive);
		}
	}

	synchronized ProcessState state() {
		ProcessHandle current = this.seen;
		if (current == null) {
			throw new IllegalStateException(name() + " was never started");
		}
		return new ProcessState(name(), current.pid(), this.spec.port(), this.spec.managementPort(),
				this.log.toString(), this.spec.version(), this.started, this.restarts.note());
	}

	/** The last lines of the log. */
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
