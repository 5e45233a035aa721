package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.ServiceJar;
import dev.agora.launcher.root.DaemonThreads;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/** Starts processes in parallel, watches them, and stops them, callers first. */
public final class Supervisor implements AutoCloseable {

	private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);

	private final DataDirectory data;

	private final PrintStream out;

	private final List<ManagedProcess> processes = Collections.synchronizedList(new ArrayList<>());

	private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("supervisor"));

	private final StoreRestarter stores = new StoreRestarter(this.threads, (line) -> print("%s", line), this::restart);

	private final StartupMonitor startup;

	private final StateFile stateFile;

	private final long createdAt = System.nanoTime();

	private volatile boolean ready;

	private volatile boolean closing;

	/**
	 * Creates a supervisor without processes.
	 * @param data the directory for logs and the state
	 * @param out receives the progress
	 */
	public Supervisor(DataDirectory data, PrintStream out) {
		this.data = data;
		this.out = out;
		this.stateFile = new StateFile(data, this.processes);
		this.startup = new StartupMonitor(StartupMonitor.INTERVAL, (line) -> print("%s", line));
	}

	public StartupMonitor startup() {
		return this.startup;
	}

	/** Publishes the address of the launcher's control server. */
	public void setControlUrl(String url) throws IOException {
		this.stateFile.setControlUrl(url);
	}

	/** Publishes the address of the console, with its token. */
	public void setConsoleUrl(String url) throws IOException {
		this.stateFile.setConsoleUrl(url);
	}

	/**
	 * Announces that the system is ready, unless it is being stopped already.
	 * @param gateways the addresses of the gateways, none without services
	 * @param welcome prints the rest of the announcement
	 */
	public void announceReady(List<String> gateways, Runnable welcome) throws IOException {
		synchronized (this.processes) {
			requireOpen();
			this.stateFile.setGatewayUrls(gateways);
			this.ready = true;
			print("The system is ready after %.1f s.", seconds(this.createdAt));
			welcome.run();
		}
	}

	/** Whether the system is being stopped, so that a failure needs no message. */
	public boolean isClosing() {
		return this.closing;
	}

	private void requireOpen() {
		if (this.closing) {
			throw new Problem("The system is being stopped.");
		}
	}

	/** Starts a process; the result completes when the process is ready or has failed. */
	public CompletableFuture<Void> start(ProcessSpec spec) throws IOException {
		this.data.rotateLog(spec.name());
		ManagedProcess process = new ManagedProcess(spec, this.data.log(spec.name()));
		long started = System.nanoTime();
		launch(process);
		return CompletableFuture.runAsync(() -> awaitReady(process, started), this.threads);
	}

	private void launch(ManagedProcess process) throws IOException {
		Process started;
		synchronized (this.processes) {
			requireOpen();
			if (process.isAlive()) {
				throw new Problem(process.name() + " runs already.");
			}
			started = process.start();
			if (!this.processes.contains(process)) {
				this.processes.add(process);
			}
		}
		CompletableFuture<Process> unused = started.onExit().whenComplete((ended, failure) -> onExit(process, ended));
		recordState();
	}

	private void onExit(ManagedProcess process, Process ended) {
		if (this.closing || process.stopRequested(ended)) {
			return;
		}
		new ExitReport(this.out).print(process, ended.exitValue());
		if (this.ready) {
			this.stores.onExit(process, ended);
		}
		recordState();
	}

	private void awaitReady(ManagedProcess process, long started) {
		this.startup.begin(process.name());
		try {
			if (!process.awaitReady(READY_TIMEOUT)) {
				requireOpen();
				throw ExitReport.notReady(process, READY_TIMEOUT, this.data.log(process.name()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Problem("The launcher was interrupted while " + process.name() + " was starting.");
		}
		finally {
			this.startup.end(process.name());
		}
		requireOpen();
		ProcessState state = process.state();
		print("%-20s ready after %4.1f s   port %-5d pid %d", state.name(), seconds(started), state.port(),
				state.pid());
	}

	private static double seconds(long since) {
		return (System.nanoTime() - since) / 1e9;
	}

	/** Prints a line. */
	public void print(String format, Object... arguments) {
		this.out.println("  " + String.format(Locale.ROOT, format, arguments));
	}

	private ManagedProcess process(String name) {
		return find(name).orElseThrow(() -> new Problem("There is no process " + name + ". See ./agora status."));
	}

	private Optional<ManagedProcess> find(String name) {
		return List.copyOf(this.processes).stream().filter((process) -> process.name().equals(name)).findFirst();
	}

	/**
	 * Starts a process that has ended, and waits until it is ready.
	 * @param jar the jar of another build, null for the build that ran before
	 */
	public void restart(String name, @Nullable Path jar) throws IOException, InterruptedException {
		ManagedProcess process = process(name);
		if (jar != null) {
			process.replaceJar(ServiceJar.of(jar, this.data.directory("builds")));
		}
		process.restarts().reset();
		restart(process);
	}

	private void restart(ManagedProcess process) throws IOException {
		long started = System.nanoTime();
		launch(process);
		awaitReady(process, started);
		recordState();
	}

	/**
	 * Stops one process; the other processes continue.
	 * @param jar the jar of another build that it will be started from, null if none
	 */
	public void stop(String name, @Nullable Path jar) throws IOException, InterruptedException {
		ManagedProcess process = process(name);
		if (jar != null) {
			process.spec().requireJar();
		}
		process.stop();
		recordState();
		print("%s stopped", name);
	}

	/** Kills one process as a crash would. */
	public void kill(String name) throws IOException, InterruptedException {
		process(name).kill();
		recordState();
		print("%s killed", name);
	}

	/** Freezes a process, which then does not respond, or ends that. */
	public void freeze(String name, boolean frozen) throws IOException, InterruptedException {
		process(name).freeze(frozen);
		recordState();
		print("%s %s", name, frozen ? "paused" : "resumed");
	}

	/** Stops a process, if there is one with this name, and forgets it. */
	public void remove(String name) throws IOException, InterruptedException {
		if (find(name).isPresent()) {
			stop(name, null);
			this.processes.removeIf((process) -> process.name().equals(name));
			recordState();
		}
	}

	private void recordState() {
		this.stateFile.writeIfPossible((line) -> print("%s", line));
	}

	/** Stops all processes, callers first, and deletes the state. */
	@Override
	public void close() throws IOException {
		synchronized (this.processes) {
			// No process is started from here on.
			this.closing = true;
			this.out.println("Stopping.");
		}
		this.startup.close();
		new OrderedStop(this.processes, this.threads, (line) -> print("%s", line)).run();
		this.stateFile.delete();
	}

}
