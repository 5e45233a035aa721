package dev.agora.launcher.container;

import java.io.IOException;
import java.util.Optional;

/**
 * A process in a container: its command line here is not itself.
 *
 * @param engine who runs it
 * @param name its name
 */
public record Container(ContainerEngine engine, String name) {

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
