package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Members who are imported, only follow an author, and never log in. */
final class ImportedFollowers {

	private static final int LINES_PER_IMPORT = 10_000;

	private final OperatorClient operator;

	ImportedFollowers(RunningSystem system) throws IOException, InterruptedException {
		this.operator = new OperatorClient(system);
	}

	/** Imports members, who follow an author. */
	void follow(String author, int followers) throws IOException, InterruptedException {
		String prefix = "f" + Long.toString(System.nanoTime(), 36) + "_";
		for (int from = 0; from < followers; from += LINES_PER_IMPORT) {
			List<String> handles = IntStream.range(from, Math.min(followers, from + LINES_PER_IMPORT))
				.mapToObj((number) -> prefix + number)
				.toList();
			this.operator.importMembers(handles.stream()
				.map((handle) -> "{\"handle\":\"%s\",\"name\":\"Follower\"}".formatted(handle))
				.collect(Collectors.joining("\n")));
			this.operator.importFollowsOfNewMembers(
					handles.stream().map((handle) -> handle + " " + author).collect(Collectors.joining("\n")));
		}
	}

}
