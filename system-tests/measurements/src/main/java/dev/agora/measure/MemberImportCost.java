package dev.agora.measure;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Imports generated members twice, and shows how many a second. */
@Command(name = "members", description = "Import generated members twice: the number a second, goal 1,000.")
final class MemberImportCost implements Callable<Integer> {

	private static final int GOAL = 1000;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--count", defaultValue = "10000", description = "Members to import.")
	private int count = 10_000;

	@Override
	public Integer call() throws IOException, InterruptedException {
		OperatorClient operator = new OperatorClient(this.options.open());
		String prefix = "m" + Long.toString(System.nanoTime(), 36) + "_";
		System.out.println("| file | s | created | unchanged | failed | members/s |");
		System.out.println("| --- | --- | --- | --- | --- | --- |");
		print("warm-up", operator.importMembers(lines(prefix + "w", this.count / 5)));
		double first = print("new", operator.importMembers(lines(prefix, this.count)));
		print("the same again", operator.importMembers(lines(prefix, this.count)));
		System.out.println((first >= GOAL) ? "The goal is met." : "The goal is missed.");
		return 0;
	}

	private static double print(String name, OperatorClient.Outcome outcome) {
		int rows = outcome.count("created") + outcome.count("unchanged") + outcome.count("failed");
		double perSecond = rows / outcome.seconds();
		System.out.printf("| %s | %.1f | %d | %d | %d | %.0f |%n", name, outcome.seconds(), outcome.count("created"),
				outcome.count("unchanged"), outcome.count("failed"), perSecond);
		return perSecond;
	}

	private static String lines(String prefix, int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> "{\"handle\":\"" + prefix + i + "\",\"name\":\"Member " + i + "\"}")
			.collect(Collectors.joining("\n"));
	}

}
