package dev.agora.launcher.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.agora.launcher.process.ClassArchive;
import dev.agora.launcher.process.JavaCommand;
import dev.agora.launcher.process.Probe;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.Installation;

/**
 * A Kafka broker, which is also a controller, in a process of its own.
 *
 * @param name the name of the process
 * @param directory the directory of its records and settings
 * @param port the port for clients
 * @param controllerPort the port for other controllers
 * @param jars the directory with its class path
 */
record KafkaProcess(String name, Path directory, int port, int controllerPort, Path jars) {

	/** The directory of its records, below its own directory. */
	static final String LOG = "log";

	private static final String PROPERTIES = "server.properties";

	String address() {
		return "127.0.0.1:" + this.port;
	}

	String controllerAddress() {
		return "127.0.0.1:" + this.controllerPort;
	}

	Path log() {
		return this.directory.resolve(LOG);
	}

	boolean isFormatted() {
		return Files.exists(log().resolve("meta.properties"));
	}

	/**
	 * Specifies how the broker is started.
	 * @param heap the maximum heap size of its JVM
	 * @param archive the class archive to use or to write
	 * @param writing whether this broker writes the archive
	 */
	ProcessSpec spec(String heap, ClassArchive archive, boolean writing) throws IOException {
		JavaCommand command = new JavaCommand(heap).optimized(false)
			.with("-Xms64m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
					"-Dorg.slf4j.simpleLogger.showDateTime=true");
		if (writing || archive.exists()) {
			command.with(archive.flags());
		}
		command.with("-cp", this.jars + "/*", "kafka.Kafka", PROPERTIES);
		return new ProcessSpec(this.name, Tier.STORE, Installation.version(this.jars, "kafka-clients"), command.words(),
				JavaCommand.ENVIRONMENT, this.directory, this.port, 0, Probe.port(this.port), writing ? archive : null);
	}

	void configure(String settings) throws IOException {
		Files.writeString(properties(), settings);
	}

	/** Starts a process that formats the log directory. */
	Process format(List<String> options) throws IOException {
		List<String> command = new JavaCommand("128m").optimized(false)
			.with("-cp", this.jars + "/*", "kafka.tools.StorageTool", "format", "-c", PROPERTIES)
			.with(options)
			.words();
		return new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(formatLog().toFile())
			.start();
	}

	Path formatLog() {
		return this.directory.resolve("format.log");
	}

	private Path properties() {
		return this.directory.resolve(PROPERTIES);
	}

}
