package dev.agora.embeddedmongo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The server in a process of its own, so that a test can kill it. */
final class MongoChild implements AutoCloseable {

	private final Process process;

	private final MongoClient client;

	private MongoChild(Process process) throws IOException {
		this.process = process;
		String line = process.inputReader().readLine();
		if (line == null) {
			throw new IOException("The server ended before it was ready");
		}
		this.client = MongoClients.create("mongodb://127.0.0.1:" + line.substring(line.lastIndexOf(':') + 1));
	}

	/**
	 * Starts the server in its data directory, as the launcher does, and waits until it
	 * is ready.
	 * @param data the data directory
	 * @param prefix a command that runs the server, for example with a limit
	 */
	static MongoChild start(Path data, String... prefix) throws IOException {
		return start(data, "256m", List.of(prefix));
	}

	static MongoChild startWithHeap(Path data, String heap) throws IOException {
		return start(data, heap, List.of());
	}

	private static MongoChild start(Path data, String heap, List<String> prefix) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(java, "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp",
				System.getProperty("java.class.path"), EmbeddedMongoCommand.class.getName(), "--data", ".", "--port",
				"0"));
		Process process = new ProcessBuilder(command).directory(Files.createDirectories(data).toFile())
			.redirectError(new File("/dev/null"))
			.start();
		try {
			return new MongoChild(process);
		}
		catch (IOException ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	MongoCollection<Document> collection() {
		return this.client.getDatabase("test").getCollection("writes");
	}

	/** Waits for the next line that the server prints, null if it has ended. */
	@Nullable String nextLine() throws IOException {
		return this.process.inputReader().readLine();
	}

	long pid() {
		return this.process.pid();
	}

	/** Ends the server like {@code kill -9}. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
		this.client.close();
	}

}
