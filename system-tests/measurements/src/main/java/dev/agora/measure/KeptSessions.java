package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sessions of the members of a graph, kept beside the data of the running system, so
 * that the next measurement needs no log-ins: each takes session-service as long as a
 * hash of a password.
 */
final class KeptSessions {

	private final Path file;

	/**
	 * Creates the sessions of a graph.
	 * @param data the data directory of the system, which {@code --fresh} empties
	 */
	KeptSessions(Path data, SocialGraph graph) {
		this.file = data
			.resolve("measured-%d-%d-%08x.txt".formatted(graph.size(), graph.follows(), graph.lines("").hashCode()));
	}

	/** Returns the sessions in the order of the members; empty if none are kept. */
	List<Session> read() throws IOException {
		return Files.exists(this.file) ? Files.readAllLines(this.file).stream().map(Session::parse).toList()
				: List.of();
	}

	void write(List<Session> sessions) throws IOException {
		Files.write(this.file, sessions.stream().map(Session::line).toList());
	}

	/**
	 * A session of a member.
	 *
	 * @param id the member's id
	 * @param token the token of the session
	 */
	record Session(String id, String token) {

		private static Session parse(String line) {
			int space = line.indexOf(' ');
			return new Session(line.substring(0, space), line.substring(space + 1));
		}

		private String line() {
			return this.id + " " + this.token;
		}

	}

}
