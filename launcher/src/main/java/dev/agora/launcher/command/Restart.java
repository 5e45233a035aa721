package dev.agora.launcher.command;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import dev.agora.launcher.local.LocalSystem;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/**
 * Restarts instances one after the other, each when the one before serves again. The
 * command ends at the first instance that does not serve again, so that a broken build
 * affects one instance.
 */
@Command(name = "restart",
		description = "Restart one process, all instances of a service, or all services and gateways, one after the"
				+ " other, so that one of two instances always serves.")
public final class Restart implements Callable<Integer> {

	private static final Duration USE_TIMEOUT = Duration.ofMinutes(2);

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(paramLabel = "NAME", description = "A process in ./agora status, a service, gateway or all.")
	private String name = "";

	@Option(names = "--jar", paramLabel = "FILE",
			description = "Start the build in this SERVICE-VERSION-exec.jar, until the next ./agora up.")
	private @Nullable Path jar;

	@Override
	public Integer call() throws IOException, InterruptedException {
		SystemState state = this.data.running();
		List<ProcessState> selected = select(state);
		requireJarOf(selected);
		for (ProcessState process : selected) {
			restart(state, process);
		}
		return 0;
	}

	private List<ProcessState> select(SystemState state) {
		if (this.name.equals("all")) {
			return state.processes().stream().filter((process) -> process.managementPort() > 0).toList();
		}
		List<ProcessState> instances = state.instancesOf(this.name);
		return instances.isEmpty() ? List.of(state.process(this.name)) : instances;
	}

	private void requireJarOf(List<ProcessState> processes) {
		if (this.jar == null) {
			return;
		}
		if (!Files.isRegularFile(this.jar)) {
			throw new Problem("There is no file " + this.jar + ". Give the runnable jar of a build with --jar.");
		}
		String file = this.jar.getFileName().toString();
		for (ProcessState process : processes) {
			if (!file.matches(process.service() + "-[0-9].*-exec[.]jar")) {
				throw new Problem(process.name() + " cannot be started from " + this.jar + ". Give a "
						+ process.service() + "-VERSION-exec.jar.");
			}
		}
	}

	private void restart(SystemState state, ProcessState process) throws IOException, InterruptedException {
		if (state.instancesOf(process.service()).size() == 1) {
			System.out.printf("%s is the only instance, so that requests to it fail during the restart.%n",
					process.name());
		}
		long startedAt = System.nanoTime();
		Control.send(state, process.name() + "/stop" + query());
		double stopped = seconds(startedAt);
		Control.send(state, process.name() + "/start" + query());
		awaitTraffic(state, process);
		System.out.printf(Locale.ROOT, "%-20s stopped after %4.1f s, serves again after %4.1f s%n", process.name(),
				stopped, seconds(startedAt));
	}

	private String query() {
		return (this.jar != null)
				? "?jar=" + URLEncoder.encode(this.jar.toAbsolutePath().toString(), StandardCharsets.UTF_8) : "";
	}

	/**
	 * Waits until the gateways send requests again, since they check only periodically.
	 */
	private static void awaitTraffic(SystemState state, ProcessState instance) throws InterruptedException {
		long end = System.nanoTime() + USE_TIMEOUT.toNanos();
		for (ProcessState gateway : state.instancesOf(LocalSystem.GATEWAY)) {
			while (!GatewayView.fetch(gateway).routesTo(instance)) {
				if (System.nanoTime() > end) {
					throw new Problem(instance.name() + " is ready, but " + gateway.name()
							+ " sends no requests to it. The reason is in the log:" + " ./agora logs "
							+ gateway.name());
				}
				TimeUnit.MILLISECONDS.sleep(100);
			}
		}
	}

	private static double seconds(long since) {
		return (System.nanoTime() - since) / 1e9;
	}

}
