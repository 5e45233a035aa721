package dev.agora.launcher.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.agora.launcher.process.ClassArchive;
import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Installation;
import dev.agora.launcher.root.Problem;

/**
 * The Kafka brokers of a local system: one, or three that store each record three times
 * and acknowledge it when two have it.
 */
public final class KafkaBrokers {

	/**
	 * The possible numbers of brokers. Two are not possible, since neither could work
	 * without the other.
	 */
	public static final List<Integer> COUNTS = List.of(1, 3);

	private static final String NAME = "kafka";

	private static final String SETTINGS = """
			process.roles=broker,controller
			node.id=%1$d
			listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
			advertised.listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%3$d
			controller.listener.names=CONTROLLER
			listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
			controller.quorum.bootstrap.servers=%4$s
			# Relative to the working directory: Kafka reads a comma or backslash in a path as a separator.
			log.dirs=%5$s
			num.partitions=6
			# The services create their topics, each with its own settings.
			auto.create.topics.enable=false
			# The internal topics of Kafka have the same number of replicas.
			default.replication.factor=%6$d
			min.insync.replicas=%7$d
			offsets.topic.replication.factor=%6$d
			offsets.topic.num.partitions=5
			transaction.state.log.replication.factor=%6$d
			transaction.state.log.min.isr=%7$d
			transaction.state.log.num.partitions=5
			share.coordinator.state.topic.replication.factor=%6$d
			share.coordinator.state.topic.min.isr=%7$d
			share.coordinator.state.topic.num.partitions=5
			group.initial.rebalance.delay.ms=0
			# A worker that was killed keeps its part of the queue of jobs until its session has expired.
			group.share.min.session.timeout.ms=10000
			group.share.session.timeout.ms=10000
			group.share.min.heartbeat.interval.ms=2500
			group.share.heartbeat.interval.ms=2500
			# A broker that was killed can register again only when its last session has expired.
			broker.session.timeout.ms=3000
			broker.heartbeat.interval.ms=500
			# When all brokers end at once, the last ones would wait for a majority that has stopped.
			controlled.shutdown.enable=%8$s
			# Small buffers for a small heap.
			log.cleaner.dedupe.buffer.size=8388608
			log.cleaner.threads=1
			num.network.threads=2
			num.io.threads=4
			log.segment.bytes=67108864
			""";

	private final List<KafkaProcess> brokers = new ArrayList<>();

	private final Path clusterIdFile;

	private final ClassArchive archive;

	public KafkaBrokers(int count, DataDirectory data, Installation installation, Ports ports) throws IOException {
		requireSameCount(count, data);
		Path jars = installation.brokerJars();
		for (int number = 1; number <= count; number++) {
			String name = name(count, number);
			// The log stores the voters of the controllers with their addresses.
			this.brokers.add(new KafkaProcess(name, data.directory(name).toAbsolutePath(), ports.fixed(name),
					ports.fixed(name + "-controller"), jars));
		}
		this.clusterIdFile = this.brokers.get(0).directory().resolve("cluster.id");
		String build = Installation.version(jars, "kafka-clients");
		this.archive = ClassArchive.of(installation.derived("launcher/broker", data), NAME, build + jars);
	}

	public String addresses() {
		return joined(KafkaProcess::address);
	}

	/**
	 * Starts the brokers.
	 * @param supervisor starts the processes
	 * @return completes when all brokers accept connections
	 * @throws IOException if a process cannot be started
	 * @throws InterruptedException if interrupted while log directories are formatted
	 */
	public CompletableFuture<Void> start(Supervisor supervisor) throws IOException, InterruptedException {
		for (int at = 0; at < this.brokers.size(); at++) {
			this.brokers.get(at).configure(settings(at));
		}
		format();
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		boolean writing = !this.archive.exists();
		for (KafkaProcess broker : this.brokers) {
			String heap = (this.brokers.size() > 1) ? "192m" : "256m";
			ready.add(supervisor.start(broker.spec(heap, this.archive, writing && ready.isEmpty())));
		}
		return CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new));
	}

	private static String name(int count, int number) {
		return (count == 1) ? NAME : NAME + "-" + number;
	}

	/** Other brokers would lack events that the services have already published. */
	private static void requireSameCount(int count, DataDirectory data) {
		for (int other : COUNTS) {
			if (other != count && Files.exists(data.root().resolve(name(other, 1)).resolve("log"))) {
				throw new Problem("The records in " + data.root() + " were written with --brokers " + other + ", not "
						+ count + ". Use that option, other data (--data DIR) or an empty start (--fresh).");
			}
		}
	}

	private String settings(int at) {
		KafkaProcess broker = this.brokers.get(at);
		int replicas = this.brokers.size();
		return SETTINGS.formatted(at + 1, broker.port(), broker.controllerPort(),
				joined(KafkaProcess::controllerAddress), KafkaProcess.LOG, replicas, (replicas > 1) ? 2 : 1,
				replicas == 1);
	}

	private void format() throws IOException, InterruptedException {
		List<String> options = new ArrayList<>(List.of("-t", clusterId()));
		options
			.addAll((this.brokers.size() == 1) ? List.of("--standalone") : List.of("--initial-controllers", voters()));
		List<KafkaProcess> missing = this.brokers.stream().filter((broker) -> !broker.isFormatted()).toList();
		List<Process> formatting = new ArrayList<>();
		for (KafkaProcess broker : missing) {
			formatting.add(broker.format(options));
		}
		for (int at = 0; at < missing.size(); at++) {
			if (formatting.get(at).waitFor() != 0) {
				throw new Problem("Kafka could not format its log directory; see " + missing.get(at).formatLog() + ".");
			}
		}
	}

	/**
	 * The id is stored, since all brokers need the same one, also after an aborted
	 * attempt.
	 */
	private String clusterId() throws IOException {
		if (!Files.exists(this.clusterIdFile)) {
			String id = UUID.randomUUID().toString().replace("-", "").substring(0, 22);
			DataDirectory.writeAtomically(this.clusterIdFile, id.getBytes(StandardCharsets.US_ASCII));
		}
		return Files.readString(this.clusterIdFile);
	}

	/**
	 * The initial controllers, each with the id of its directory, by which Kafka
	 * distinguishes an empty disk from the original one.
	 */
	private String voters() throws IOException {
		List<String> voters = new ArrayList<>();
		for (KafkaProcess broker : this.brokers) {
			UUID id = UUID.nameUUIDFromBytes((clusterId() + broker.name()).getBytes(StandardCharsets.US_ASCII));
			byte[] bytes = ByteBuffer.allocate(16)
				.putLong(id.getMostSignificantBits())
				.putLong(id.getLeastSignificantBits())
				.array();
			voters.add((voters.size() + 1) + "@" + broker.controllerAddress() + ":"
					+ Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
		}
		return String.join(",", voters);
	}

	private String joined(Function<KafkaProcess, String> part) {
		return this.brokers.stream().map(part).collect(Collectors.joining(","));
	}

}
