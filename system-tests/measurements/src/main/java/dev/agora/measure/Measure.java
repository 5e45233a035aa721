package dev.agora.measure;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the measurements and of the reference processes they start. */
@Command(name = "measure", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
		description = "Measure a running system against reference processes in one run.",
		subcommands = { GatewayCost.class, ReadCost.class, Stampede.class, StaleReads.class, HistoryCheck.class,
				ShowExperiment.class, UnequalClones.class, ImportCost.class, MemberImportCost.class, GrowthCost.class,
				PageDelivery.class, MutualFriendsCost.class, FeedCost.class, FeedLatency.class, StreamsCost.class,
				FeedEquality.class, PushPull.class, FanOutDelay.class, FanOutRate.class, RebuildCost.class,
				SocialMix.class, HandWrittenProxy.class, BareGateway.class, StoredResponse.class, Upstream.class })
public final class Measure {

	public static void main(String[] arguments) {
		CommandLine line = new CommandLine(new Measure());
		line.setCaseInsensitiveEnumValuesAllowed(true);
		line.getSubcommands().values().forEach((command) -> command.getCommandSpec().mixinStandardHelpOptions(true));
		line.setExecutionExceptionHandler(Measure::showProblem);
		System.exit(line.execute(arguments));
	}

	private static int showProblem(Exception ex, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
		if (ex instanceof Problem) {
			command.getErr().println(ex.getMessage());
			return CommandLine.ExitCode.SOFTWARE;
		}
		throw ex;
	}

}
