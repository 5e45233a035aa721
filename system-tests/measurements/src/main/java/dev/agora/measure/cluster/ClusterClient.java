package dev.agora.measure.cluster;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The command line of the pods that check a cluster. It needs no library for command
 * lines, since the gateway's image has none.
 */
public final class ClusterClient {

	private static final String USAGE = """
			load GATEWAY SECONDS:RATE...   sends requests at rates, the last one until it is stopped
			probe HOST:PORT...             prints which connections are accepted
			write GATEWAY NAME             registers a member who posts
			read GATEWAY NAME              finds the post of that member""";

	private ClusterClient() {
	}

	/**
	 * Runs one command, and ends the JVM with 0, 1 for a failure or 2 for wrong usage.
	 * @param arguments the command and its arguments
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		List<String> words = Arrays.asList(arguments);
		if (words.size() < 2) {
			System.err.println(USAGE);
			System.exit(2);
		}
		List<String> rest = words.subList(2, words.size());
		switch (words.get(0)) {
			case "load" -> new SteadyTraffic(new Traffic(words.get(1), Visitor.join(words.get(1)))).run(rest);
			case "probe" -> words.subList(1, words.size()).forEach(ConnectionProbe::print);
			case "write" -> new Witness(words.get(1), rest.get(0)).write();
			case "read" -> System.exit(new Witness(words.get(1), rest.get(0)).read() ? 0 : 1);
			default -> throw new IllegalArgumentException(USAGE);
		}
	}

}
