package dev.agora.launcher.process;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The JVM options that the user sets by environment variables. They take precedence over
 * the launcher's own: a JVM refuses a second collector, and a heap size on the command
 * line would silently override theirs.
 *
 * @param given the options of all variables
 */
public record JvmOptions(String given) {

	private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	/**
	 * Groups of options that exclude or override each other. Archives of classes and
	 * agents are in one group, since a JVM with an agent refuses to write an archive.
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
	 * Returns the names of the variables that set JVM options.
	 * @param environment the variables of a process
	 * @return the names of the variables that are set and that a JVM reads
	 */
	public static List<String> sources(Map<String, String> environment) {
		return VARIABLES.stream().filter((variable) -> !environment.getOrDefault(variable, "").isBlank()).toList();
	}

	/**
	 * Prints which variables set JVM options, if there are any.
	 * @param environment the variables of a process
	 * @param out receives the message
	 */
	public static void announce(Map<String, String> environment, PrintStream out) {
		List<String> sources = sources(environment);
		if (!sources.isEmpty()) {
			out.println("Every JVM gets the options in " + String.join(", ", sources)
					+ "; they replace the launcher's options of the same kind.");
		}
	}

	/**
	 * Returns those of the launcher's own options that do not conflict with the user's.
	 */
	List<String> allowed(List<String> own) {
		List<Pattern> excluded = KINDS.stream().filter((kind) -> kind.matcher(this.given).find()).toList();
		return own.stream().filter((option) -> excluded.stream().noneMatch((kind) -> isOfKind(option, kind))).toList();
	}

	private static boolean isOfKind(String option, Pattern kind) {
		return kind.matcher(option).lookingAt();
	}

}
