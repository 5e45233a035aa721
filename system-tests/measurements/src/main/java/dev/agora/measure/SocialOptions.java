package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the social graph of a measurement. */
final class SocialOptions {

	/** Those of the members of the graph Reed98: 962, with 39 friends on average. */
	private static final int MEMBERS = 962;

	private static final int FRIENDS = 39;

	private static final long SEED = 98;

	@Option(names = "--graph", description = "A file of friendships, a b in each line, such as socfb-Reed98.edges; "
			+ "without it, a graph of that size is generated.")
	private @Nullable Path graph;

	/** Returns the members of the graph; see {@link SocialMembers}. */
	SocialMembers members(RunningSystem system) throws IOException, InterruptedException {
		Path file = this.graph;
		return new SocialMembers(system,
				(file != null) ? SocialGraph.read(file) : SocialGraph.generate(MEMBERS, FRIENDS, SEED));
	}

}
