package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.ServiceJar;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.DaemonThreads;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Starts processes side by side, watches them, and stops them in reverse order. */
public final class Supervisor implements AutoCloseable {

	private static final Duration READY_BOUND = Duration.ofMinutes(3);

	private final DataDirectory data;

	private final PrintStream out;

	private final List<ManagedProcess> processes = Collections.synchronizedList(new ArrayList<>());

	private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("supervisor"));

	private final StoreRestarter restarts = new StoreRestarter(this.threads, (line) -> say("%s", line), this::startAgain);

	private final StartupMonitor watch;

	private final StateFile state;

	private final long begun = System.nanoTime();

	private volatile boolean ready;

	private volatile boolean closing;

	/**
	 * Makes a supervisor of nothing yet.
	 * @param data where logs and state go
	 * @param out where progress is shown
	 */
	public Supervisor(DataDirectory data, PrintStream out) {
		this.data = data;
		this.out = out;
		this.state = new StateFile(data, this.processes);
		this.watch = new StartupMonitor(StartupMonitor.INTERVAL, (line) -> say("%s", line));
	}

	public StartupMonitor watch() {
		return this.watch;
	}

	/**
	 * Makes known where the launcher can be told to start and end processes.
	 * @param url the address of its control
	 * @throws IOException if the state cannot be written
	 */
	public void control(String url) throws IOException {
		this.state.control(url);
	}

	/**
	 * Makes known that everything is ready, unless it is being stopped already.
	 * @param gateways the addresses of the gateways, none without services
	 * @param welcome what else to say then
	 * @throws IOException if the state cannot be written
	 */
	public void ready(List<String> gateways, Runnable welcome) throws IOException {
		synchronized (this.processes) {
			requireOpen();
			this.state.gateways(gateways);
			this.ready = true;
			say("Everything is ready after %.1f s.", seconds(this.begun));
			welcome.run();
		}
	}

	/** Whether everything is being stopped, so that what fails now needs no message. */
	public boolean isClosing() {
		return this.closing;
	}

	private void requireOpen() {
		if (this.closing) {
			throw new Problem("The system is being stopped.");
		}
	}

	/** Starts a process; the result says when it is ready, or fails with what it said. */
	public CompletableFuture<Void> start(ProcessSpec spec) throws IOException {
		this.data.rotateLog(spec.name());
		ManagedProcess process = new ManagedProcess(spec, this.data.log(spec.name()));
		this.processes.add(process);
		long started = System.nanoTime();
		launch(process);
		return CompletableFuture.runAsync(() -> await(process, started), this.threads);
	}

	private void launch(ManagedProcess process) throws IOException {
		Process started;
		synchronized (this.processes) {
			requireOpen();
			if (process.isAlive()) {
				throw new Problem(process.name() + " is running already.");
			}
			started = process.start();
		}
		CompletableFuture<Process> unused = started.onExit()
			.whenComplete((ended, failure) -> noticeEnd(process, ended));
		recordState();
	}

	private void noticeEnd(ManagedProcess process, Process ended) {
		if (this.closing || process.wasAsked(ended)) {
			return;
		}
		new ExitReport(this.out).show(process, ended.exitValue());
		if (this.ready) {
			this.restarts.ended(process, ended);
		}
		recordState();
	}

	private void await(ManagedProcess process, long started) {
		this.watch.begin(process.name());
		try {
			if (!process.awaitReady(READY_BOUND)) {
				requireOpen();
				throw ExitReport.notReady(process, READY_BOUND, this.data.log(process.name()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Problem("Interrupted while " + process.name() + " was starting.");
		}
		finally {
			this.watch.end(process.name());
		}
		requireOpen();
		ProcessState state = process.state();
		say("%-20s ready after %4.1f s   port %-5d pid %d", state.name(), seconds(started), state.port(), state.pid());
	}

	private static double seconds(long since) {
		return (System.nanoTime() - since) / 1e9;
	}

	/** Says something on a line of its own. */
	public void say(String format, Object... arguments) {
		this.out.println("  " + String.format(Locale.ROOT, format, arguments));
	}

	private ManagedProcess process(String name) {
		synchronized (this.processes) {
			return this.processes.stream()
				.filter((process) -> process.name().equals(name))
				.findFirst()
				.orElseThrow(() -> new Problem("No process is called " + name + "."));
		}
	}

	/**
	 * Starts a process that has ended; returns when it is ready.
	 * @param jar another build of it to start, null for the same
	 */
	public void restart(String name, @Nullable Path jar) throws IOException, InterruptedException {
		ManagedProcess process = process(name);
		if (jar != null) {
			process.replaceBy(ServiceJar.of(jar, this.data.directory("builds")));
		}
		process.restarts().reset();
		startAgain(process);
	}

	private void startAgain(ManagedProcess process) throws IOException {
		long started = System.nanoTime();
		launch(process);
		await(process, started);
		recordState();
	}

	/**
	 * Stops one process; the others go on.
	 * @param jar another build that it is to be started from, null if none
	 */
	public void stop(String name, @Nullable Path jar) throws IOException, InterruptedException {
		ManagedProcess process = process(name);
		if (jar != null) {
			process.spec().requireJar();
		}
		process.stop();
		recordState();
		say("%s stopped", name);
	}

	/** Kills one process as a crash would. */
	public void kill(String name) throws IOException, InterruptedException {
		process(name).kill();
		recordState();
		say("%s killed", name);
	}

	private void recordState() {
		this.state.writeIfPossible((line) -> say("%s", line));
	}

	/** Stops everything, callers before what they call, and forgets the state. */
	@Override
	public void close() throws IOException {
		synchronized (this.processes) {
			// Nothing is started from here on.
			this.closing = true;
			this.out.println("Stopping.");
		}
		this.watch.close();
		for (Tier tier : Tier.callersFirst()) {
			List<CompletableFuture<Void>> stopping = new ArrayList<>();
			synchronized (this.processes) {
				this.processes.stream()
					.filter((process) -> process.spec().tier() == tier)
					.forEach((process) -> stopping.add(CompletableFuture.runAsync(() -> end(process), this.threads)));
			}
			stopping.forEach(CompletableFuture::join);
		}
		this.state.delete();
	}

	private void end(ManagedProcess process) {
		try {
			process.stop();
		}
		catch (IOException | InterruptedException ex) {
			say("%s: %s", process.name(), ex);
		}
	}

}
