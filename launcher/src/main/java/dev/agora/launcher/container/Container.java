package dev.agora.launcher.container;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A process in a container: its command line here is not itself.
 *
 * @param engine who runs it
 * @param name its name
 */
public record Container(ContainerEngine engine, String name) {

	/** Finds the container that a command line starts. */
	public static Optional<Container> startedBy(List<String> command) {
		int name = command.indexOf("--name") + 1;
		return (name > 1 && command.get(1).equals("run"))
				? Optional.of(new Container(new ContainerEngine(command.get(0)), command.get(name))) : Optional.empty();
	}

	/** Ends what its command line, when killed, leaves running. */
	public void remove() throws IOException, InterruptedException {
		this.engine.ask("rm", "--force", this.name);
	}

	/** The process inside, where the engine runs on this very system. */
	public Optional<ProcessHandle> process() throws IOException, InterruptedException {
		return this.engine.ask("inspect", "--format", "{{.State.Pid}}", this.name)
			.flatMap((pid) -> ProcessHandle.of(Long.parseLong(pid)));
	}

}
