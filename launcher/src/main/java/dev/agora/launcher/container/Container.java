package dev.agora.launcher.container;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A container that the launcher starts by a command line. The process of the command line
 * is not the process in the container.
 *
 * @param engine the engine that runs the container
 * @param name the container's name
 */
public record Container(ContainerEngine engine, String name) {

	/** Finds the container that a command line starts. */
	public static Optional<Container> startedBy(List<String> command) {
		int name = command.indexOf("--name") + 1;
		return (name > 1 && command.get(1).equals("run"))
				? Optional.of(new Container(new ContainerEngine(command.get(0)), command.get(name))) : Optional.empty();
	}

	/** Removes the container, which outlives a command line that was killed. */
	public void remove() throws IOException, InterruptedException {
		this.engine.execute("rm", "--force", this.name);
	}

	/** Finds the process in the container, if the engine runs on this machine. */
	public Optional<ProcessHandle> findProcess() throws IOException, InterruptedException {
		return this.engine.execute("inspect", "--format", "{{.State.Pid}}", this.name)
			.flatMap((pid) -> ProcessHandle.of(Long.parseLong(pid)));
	}

}
