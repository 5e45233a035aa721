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
 * Restarts clones one after the other, each only once the one before serves again. It
 * ends at the first that does not, so that a broken build takes one clone at most.
 */
@Command(name = "restart",
		description = "Restart one process, all clones of a service, or all services and gateways: one after the"
				+ " other, so that of two clones one always serves.")
public final class Restart implements Callable<Integer> {

	private static final Duration NOTICED_WITHIN = Duration.ofMinutes(2);

	@Mixin
	private DataOption data = new DataOption();

	@Parameters(paramLabel = "NAME", description = "A process in ./agora status, a service, gateway, or all.")
	private String name = "";

	@Option(names = "--jar", paramLabel = "FILE",
			description = "Start another build of the service, a SERVICE-VERSION-exec.jar; until the next up.")
	private @Nullable Path jar;

	@Override
	public Integer call() throws IOException, InterruptedException {
		SystemState state = this.data.running();
		List<ProcessState> chosen = chosen(state);
		requireJarOf(chosen);
		for (ProcessState process : chosen) {
			restart(state, process);
		}
		return 0;
	}

	private List<ProcessState> chosen(SystemState state) {
		if (this.name.equals("all")) {
			return state.processes().stream().filter((process) -> process.managementPort() > 0).toList();
		}
		List<ProcessState> clones = state.clonesOf(this.name);
		return clones.isEmpty() ? List.of(state.process(this.name)) : clones;
	}

	private void requireJarOf(List<ProcessState> processes) {
		if (this.jar == null) {
			return;
		}
		if (!Files.isRegularFile(this.jar)) {
			throw new Problem("There is no file " + this.jar + ".");
		}
		String file = this.jar.getFileName().toString();
		for (ProcessState process : processes) {
			if (!file.matches(process.service() + "-[0-9].*-exec[.]jar")) {
				throw new Problem(process.name() + " cannot be started from " + this.jar + ": a " + process.service()
						+ "-VERSION-exec.jar is needed.");
			}
		}
	}

	private void restart(SystemState state, ProcessState process) throws IOException, InterruptedException {
		if (state.clonesOf(process.service()).size() == 1) {
			System.out.printf("%s has no other clone: requests to it are refused meanwhile.%n", process.name());
		}
		long begun = System.nanoTime();
		Control.ask(state, process.name() + "/stop" + query());
		double stopped = seconds(begun);
		Control.ask(state, process.name() + "/start" + query());
		awaitUse(state, process);
		System.out.printf(Locale.ROOT, "%-20s stopped after %4.1f s, serves again after %4.1f s%n", process.name(),
				stopped, seconds(begun));
	}

	private String query() {
		return (this.jar != null)
				? "?jar=" + URLEncoder.encode(this.jar.toAbsolutePath().toString(), StandardCharsets.UTF_8) : "";
	}

	/** Ready is not yet used: a gateway looks only now and then. */
	private static void awaitUse(SystemState state, ProcessState clone) throws InterruptedException {
		long end = System.nanoTime() + NOTICED_WITHIN.toNanos();
		for (ProcessState gateway : state.clonesOf(LocalSystem.GATEWAY)) {
			while (!GatewayView.of(gateway).uses(clone)) {
				if (System.nanoTime() > end) {
					throw new Problem(clone.name() + " is ready, but " + gateway.name() + " sends it nothing.");
				}
				TimeUnit.MILLISECONDS.sleep(100);
			}
		}
	}

	private static double seconds(long since) {
		return (System.nanoTime() - since) / 1e9;
	}

}
