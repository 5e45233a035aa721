package dev.agora.launcher.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Builds the command line of a small JVM on the same Java as the launcher's. The options
 * in the user's environment take precedence over the launcher's own.
 */
public final class JavaCommand {

	/**
	 * Limits the arenas of native memory. By default glibc creates one for each thread.
	 */
	public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

	/**
	 * Leaves out the optimizing compiler. Where many new JVMs share a few cores it takes
	 * as much time as their work.
	 */
	private static final String QUICK = "-XX:TieredStopAtLevel=1";

	private final List<String> words = new ArrayList<>();

	public JavaCommand(String heap) {
		this.words.add(java());
		this.words.addAll(List.of("-Xmx" + heap, "-Xss512k", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
				"-Djava.net.preferIPv4Stack=true"));
		if (Runtime.version().feature() >= 24) {
			this.words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
		}
	}

	public static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/** Uses the optimizing compiler or not. The default of the JVM is to use it. */
	public JavaCommand optimized(boolean use) {
		return use ? this : with(QUICK);
	}

	public JavaCommand with(List<String> more) {
		this.words.addAll(more);
		return this;
	}

	public JavaCommand with(String... more) {
		return with(List.of(more));
	}

	public List<String> words() {
		return words(JvmOptions.current());
	}

	List<String> words(JvmOptions given) {
		return given.allowed(this.words);
	}

}
