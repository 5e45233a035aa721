package dev.agora.launcher.measure;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares the running system with lower bounds. */
@Command(name = "measure",
		description = "Measure the running system, and compare it with lower bounds in the same run.")
public final class Measure implements Callable<Integer> {

	@Parameters(arity = "1..*", paramLabel = "WHAT",
			description = "gateway, clones, reads, stampede, staleness, consistency, imports, members, growth, mutual, streams, pages, feeds, push-pull, fan-out, deliveries, rebuild or mix, and options after --; "
					+ "see also: ./agora measure -- --help")
	private List<String> arguments = List.of();

	@Override
	public Integer call() throws IOException, InterruptedException {
		return MeasurementJar.run(this.arguments);
	}

}
