package dev.agora.launcher.process;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The JVM options that the user gives by the environment. They go before the launcher's
 * own: a JVM refuses a second collector, and a heap on the command line would overrule
 * theirs without a word.
 *
 * @param given the options of all variables
 */
public record JvmOptions(String given) {

	private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	/**
	 * Options that exclude or overrule each other. No archive of classes is written where
	 * an agent may change classes: the JVM ends at once.
	 */
	private static final List<Pattern> KINDS = List.of(Pattern.compile("-XX:[+-]Use\\w*GC\\b"),
			Pattern.compile("-Xm[sx]|-XX:(Max|Initial)(HeapSize|RAM)"), Pattern.compile("-Xss|-XX:ThreadStackSize"),
			Pattern.compile("-XX:[+-]?Tiered|-Xint\\b"), Pattern.compile("-XX:[+-]ExitOnOutOfMemoryError"), Pattern
				.compile("-XX:(ArchiveClassesAtExit|SharedArchiveFile|AOT)|-Xshare|-(javaagent|agentlib|agentpath):"));

	static JvmOptions current() {
		return of(System.getenv());
	}

	static JvmOptions of(Map<String, String> environment) {
		return new JvmOptions(VARIABLES.stream()
			.map((variable) -> environment.getOrDefault(variable, "").strip())
			.filter((options) -> !options.isEmpty())
			.collect(Collectors.joining(" ")));
	}

	/**
	 * The variables that give options.
	 * @param environment the variables of a process
	 * @return the names of those that a JVM reads options from
	 */
	public static List<String> sources(Map<String, String> environment) {
		return VARIABLES.stream().filter((variable) -> !environment.getOrDefault(variable, "").isBlank()).toList();
	}

	/**
	 * Says which variables give options, if any does.
	 * @param environment the variables of a process
	 * @param out where it is said
	 */
	public static void announce(Map<String, String> environment, PrintStream out) {
		List<String> sources = sources(environment);
		if (!sources.isEmpty()) {
			out.println("The options in " + String.join(", ", sources)
					+ " are given to every JVM, and go before the launcher's own.");
		}
	}

	/** Those of the launcher's own options that go together with the ones given. */
	List<String> allowed(List<String> own) {
		List<Pattern> taken = KINDS.stream().filter((kind) -> kind.matcher(this.given).find()).toList();
		return own.stream().filter((option) -> taken.stream().noneMatch((kind) -> isOf(kind, option))).toList();
	}

	private static boolean isOf(Pattern kind, String option) {
		return kind.matcher(option).lookingAt();
	}

}
