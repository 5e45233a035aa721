package dev.agora.launcher.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.agora.embeddedmongo.storage.DiskSpace;
import dev.agora.launcher.process.supervision.SystemState;

/** Shows what runs. */
@Command(name = "status", description = "Show each process: port, state, memory, version.")
public final class Status implements Callable<Integer> {

	@Mixin
	private DataOption data = new DataOption();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Optional<SystemState> state = SystemState.read(this.data.directory());
		if (state.isEmpty()) {
			System.out.println("Nothing runs on " + this.data.directory().root() + ". Start it with: ./agora up");
			return 1;
		}
		if (!state.get().isSupervised()) {
			System.out.println("The launcher is gone; ./agora down stops what it left:");
		}
		new StatusTable(System.out).print(state.get());
		DiskSpace.shortage(this.data.directory().root()).ifPresent(System.out::println);
		return state.get().isSupervised() ? 0 : 1;
	}

}
