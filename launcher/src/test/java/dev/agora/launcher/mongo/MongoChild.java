package dev.agora.launcher.mongo;

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

/** The server in a process of its own, which can be killed. */
final class MongoChild implements AutoCloseable {

	private final Process process;

	private final MongoClient client;

	private MongoChild(Process process) throws IOException {
		this.process = process;
		String line = process.inputReader().readLine();
		if (line == null) {
			throw new IOException("The server has ended before it was ready");
		}
		this.client = MongoClients.create("mongodb://127.0.0.1:" + line.substring(line.lastIndexOf(':') + 1));
	}

	/**
	 * Starts it in the directory of its data, as the launcher does, and waits until it is
	 * ready.
	 * @param data where its data is
	 * @param before what is written before the command, as limits
	 */
	static MongoChild start(Path data, String... before) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		List<String> command = new ArrayList<>(List.of(before));
		command.addAll(List.of(java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-cp",
				System.getProperty("java.class.path"), EmbeddedMongo.class.getName(), ".", "0"));
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

	long pid() {
		return this.process.pid();
	}

	/** Ends it as {@code kill -9} does. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	@Override
	public void close() {
		kill();
		this.client.close();
	}

}
