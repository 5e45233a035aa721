package dev.agora.launcher.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import dev.agora.launcher.root.Installation;

/** Runs the black-box journeys. */
@Command(name = "test",
		description = "Run the black-box journeys against a system of their own, or against one that runs.")
public final class Test implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = "--url", paramLabel = "URL",
			description = "The gateway of a running system. Without it the journeys start a system on free ports.")
	private @Nullable String url;

	@Option(names = "--distributed",
			description = "Start the system with three brokers and a Redis cluster, and kill one of each under load.")
	private boolean distributed;

	@Option(names = "--whole-graph",
			description = "Compare the feeds of all 962 members of the real graph, instead of the 160 with most friends.")
	private boolean wholeGraph;

	@Override
	public Integer call() throws IOException, InterruptedException {
		if (this.spec != null && this.distributed && this.url != null) {
			throw new ParameterException(this.spec.commandLine(),
					"--distributed starts a system, and --url uses a running one. Give one of them.");
		}
		Installation installation = Installation.current();
		List<String> command = new ArrayList<>();
		command.add(installation.maven());
		command.addAll(List.of("-B", "--no-transfer-progress", "-pl", "system-tests", "-am", "test", "-Dtest=*Journey",
				"-Dsurefire.failIfNoSpecifiedTests=false"));
		if (this.distributed) {
			command.add("-Dagora.engines=distributed");
		}
		if (this.wholeGraph) {
			command.add("-Dagora.graph=whole");
		}
		if (this.url != null) {
			command.add("-Dagora.url=" + this.url);
		}
		return new ProcessBuilder(command).directory(installation.root().toFile()).inheritIO().start().waitFor();
	}

}
