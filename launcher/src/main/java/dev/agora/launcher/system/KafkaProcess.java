package dev.agora.launcher.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** A real Kafka broker that is its own controller, with its records on disk. */
final class KafkaProcess {

	private static final String NAME = "kafka";

	private static final String SETTINGS = """
			process.roles=broker,controller
			node.id=1
			listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
			advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
			controller.listener.names=CONTROLLER
			listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
			controller.quorum.bootstrap.servers=127.0.0.1:%2$d
			log.dirs=%3$s
			num.partitions=6
			auto.create.topics.enable=true
			# One broker: whatever Kafka keeps for itself has one copy.
			default.replication.factor=1
			offsets.topic.replication.factor=1
			offsets.topic.num.partitions=5
			transaction.state.log.replication.factor=1
			transaction.state.log.min.isr=1
			transaction.state.log.num.partitions=5
			share.coordinator.state.topic.replication.factor=1
			share.coordinator.state.topic.min.isr=1
			share.coordinator.state.topic.num.partitions=5
			group.initial.rebalance.delay.ms=0
			# A broker that was killed may come back only when its last session is over.
			broker.session.timeout.ms=3000
			broker.heartbeat.interval.ms=500
			# Small, for a small heap.
			log.cleaner.dedupe.buffer.size=8388608
			log.cleaner.threads=1
			num.network.threads=2
			num.io.threads=4
			log.segment.bytes=67108864
			""";

	private final Path directory;

	private final Path jars;

	private final int port;

	private final int controllerPort;

	private final @Nullable ClassArchive archive;

	KafkaProcess(DataDirectory data, Installation installation, Ports ports) throws IOException {
		this.directory = data.directory(NAME).toAbsolutePath();
		this.jars = installation.brokerJars();
		// The controller's voters stand in the log with their address.
		this.port = ports.fixed(NAME);
		this.controllerPort = ports.fixed(NAME + "-controller");
		String build = Installation.version(this.jars, "kafka-clients");
		this.archive = ClassArchive.of(installation.archives("launcher/broker"), NAME, build + this.jars);
	}

	String address() {
		return "127.0.0.1:" + this.port;
	}

	ProcessSpec spec() throws IOException, InterruptedException {
		Files.writeString(properties(), settings());
		format();
		JavaCommand command = java().with("kafka.Kafka", properties().toString());
		return new ProcessSpec(NAME, Tier.STORE, Installation.version(this.jars, "kafka-clients"), command.words(),
				JavaCommand.ENVIRONMENT, this.directory, this.port, 0, Probe.port(this.port), writing());
	}

	private @Nullable ClassArchive writing() {
		return (this.archive != null && !this.archive.exists()) ? this.archive : null;
	}

	private JavaCommand java() {
		JavaCommand command = new JavaCommand("256m").with("-Xms64m", "-XX:TieredStopAtLevel=1",
				"-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true");
		if (this.archive != null) {
			command.with(this.archive.flags());
		}
		return command.with("-cp", this.jars + "/*");
	}

	private void format() throws IOException, InterruptedException {
		if (Files.exists(this.directory.resolve("log/meta.properties"))) {
			return;
		}
		Path log = this.directory.resolve("format.log");
		List<String> command = new JavaCommand("128m")
			.with("-XX:TieredStopAtLevel=1", "-cp", this.jars + "/*", "kafka.tools.StorageTool", "format", "-t",
					clusterId(), "--standalone", "-c", properties().toString())
			.words();
		int status = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start()
			.waitFor();
		if (status != 0) {
			throw new Problem("Kafka's log directory could not be made; see " + log + ".");
		}
	}

	private static String clusterId() {
		return UUID.randomUUID().toString().replace("-", "").substring(0, 22);
	}

	private Path properties() {
		return this.directory.resolve("server.properties");
	}

	private String settings() {
		return SETTINGS.formatted(this.port, this.controllerPort, this.directory.resolve("log"));
	}

}
