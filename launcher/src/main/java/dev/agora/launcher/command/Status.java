package dev.agora.launcher.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.agora.embeddedmongo.storage.DiskSpace;
import dev.agora.launcher.process.supervision.SystemState;

/** Shows the state of the system. */
@Command(name = "status", description = "Show each process with its state, port, memory and version.")
public final class Status implements Callable<Integer> {

	@Mixin
	private DataOption data = new DataOption();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Optional<SystemState> state = SystemState.read(this.data.directory());
		if (state.isEmpty()) {
			System.out.println(this.data.explainNothingRuns());
			return 1;
		}
		if (!state.get().isSupervised()) {
			System.out.println("The launcher was killed. Stop the processes that it has left with ./agora down:");
		}
		new StatusTable(System.out).print(state.get());
		DiskSpace.shortage(this.data.directory().root()).ifPresent(System.out::println);
		return state.get().isSupervised() ? 0 : 1;
	}

}
