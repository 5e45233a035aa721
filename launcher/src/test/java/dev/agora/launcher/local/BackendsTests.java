package dev.agora.launcher.local;

import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.ServiceJar;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.redis.RedisProcess;
import dev.agora.launcher.redis.RedisProgram;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Installation;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Starts the backends as processes of their own. */
class BackendsTests {

	@TempDir
	private Path directory;

	private DataDirectory data;

	private Supervisor supervisor;

	@BeforeAll
	static void locateTheInstallation() {
		System.setProperty("agora.home", Path.of("..").toAbsolutePath().normalize().toString());
	}

	@BeforeEach
	void prepare() {
		this.data = new DataDirectory(this.directory);
		this.supervisor = new Supervisor(this.data, new PrintStream(PrintStream.nullOutputStream()));
	}

	@AfterEach
	void stop() throws Exception {
		List<ProcessState> processes = SystemState.read(this.data).map(SystemState::processes).orElse(List.of());
		this.supervisor.close();
		assertThat(processes).allSatisfy((process) -> assertThat(process.handle()).isEmpty());
	}

	private void startRedis() throws Exception {
		RedisProcess redis = RedisProcess.single(this.data, Ports.of(this.data));
		this.supervisor.start(redis.spec(RedisProgram.of(this.data), "16mb")).join();
	}

	private List<String> startBackends() throws Exception {
		LaunchOptions options = new LaunchOptions("127.0.0.1", 0, Map.of(), true, null, "320m", null, null, 1, false,
				false, false, null);
		LocalSystem system = new LocalSystem(options, this.data, this.supervisor);
		system.start();
		return system.backends();
	}

	private static String address(List<String> backends, String setting) {
		return backends.stream()
			.filter((line) -> line.startsWith(setting + "="))
			.map((line) -> line.substring(setting.length() + 1))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void keepsRecordsAndKeysAfterAKill() throws Exception {
		List<String> backends = startBackends();
		String kafka = address(backends, "AGORA_KAFKA_BOOTSTRAPSERVERS");
		Set<String> sent = send(kafka, 200);
		int redis = SystemState.read(this.data).orElseThrow().process("redis").port();
		assertThat(execute(redis, (client) -> client.set("agora", "kept"))).isEqualTo("OK");
		for (String name : List.of("kafka", "redis", "mongodb")) {
			this.supervisor.kill(name);
			this.supervisor.restart(name, null);
		}
		assertThat(receive(kafka, sent.size())).isEqualTo(sent);
		assertThat(execute(redis, (client) -> client.get("agora"))).isEqualTo("kept");
	}

	@Test
	void restartsAStoreThatHasEndedUnexpectedly() throws Exception {
		startRedis();
		this.supervisor.announceReady(List.of(), () -> {
		});
		ProcessState first = SystemState.read(this.data).orElseThrow().process("redis");
		first.handle().orElseThrow().destroyForcibly();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			ProcessState redis = SystemState.read(this.data).orElseThrow().process("redis");
			return redis.pid() != first.pid() && redis.note() != null && answersPing(redis.port());
		});
		this.supervisor.kill("redis");
		assertThat(SystemState.read(this.data).orElseThrow().process("redis").note()).isNull();
	}

	private static boolean answersPing(int port) {
		try {
			return execute(port, Jedis::ping).equals("PONG");
		}
		catch (JedisException ex) {
			return false;
		}
	}

	private static String execute(int port, Function<Jedis, String> command) {
		try (Jedis redis = new Jedis("127.0.0.1", port)) {
			return command.apply(redis);
		}
	}

	@Test
	void stopsTheProcessesOfAKilledLauncher() throws Exception {
		startRedis();
		// The supervisor of this test still lives and records the exit in its own file.
		DataDirectory killed = new DataDirectory(Files.createDirectory(this.directory.resolve("killed")));
		Files.copy(this.data.stateFile(), killed.stateFile());
		assertThat(OrphanedProcesses.stop(killed)).containsExactly("redis");
		assertThat(SystemState.read(killed)).isEmpty();
		assertThat(OrphanedProcesses.stop(killed)).isEmpty();
	}

	@Test
	void doesNotStopAProcessThatCannotBeRestarted() throws Exception {
		startRedis();
		Path jar = Path.of("redis-2-exec.jar");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.supervisor.stop("redis", jar))
			.withMessageContaining("cannot be started from another jar");
		assertThat(SystemState.read(this.data).orElseThrow().process("redis").handle()).isPresent();
	}

	@Test
	void deletesTheKeysOfARedisThatIsReplaced() throws Exception {
		Path single = Files.createDirectories(this.directory.resolve("redis/appendonlydir"));
		Path cluster = Files.createDirectories(this.directory.resolve("redis-cluster/redis-1"));
		LaunchOptions options = new LaunchOptions("127.0.0.1", 0, Map.of(), true, null, "320m",
				"redis://127.0.0.1:6379", null, 1, false, false, false, null);
		new Backends(options, this.data, Installation.current(), Ports.of(this.data), this.supervisor).startRedis()
			.join();
		assertThat(single).doesNotExist();
		assertThat(cluster).doesNotExist();
	}

	@Test
	void keepsBuildsThatARunningSystemMayUse() throws Exception {
		Instant now = Instant.now();
		Path used = Files.createDirectory(this.directory.resolve("app-used"));
		Path old = Files.createDirectories(this.directory.resolve("app-old/lib")).getParent();
		Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(25))));
		ServiceJar.deleteUnused(this.directory, now);
		assertThat(used).exists();
		assertThat(old).doesNotExist();
	}

	@Test
	void keepsThePortsOfADataDirectory() throws Exception {
		int kafka = Ports.of(this.data).fixed("kafka");
		int redis = Ports.of(this.data).any("redis");
		assertThat(Ports.of(this.data).fixed("kafka")).isEqualTo(kafka).isNotEqualTo(redis);
		assertThat(Ports.of(this.data).any("redis")).isEqualTo(redis);
		try (ServerSocket taken = new ServerSocket(kafka)) {
			assertThat(taken.isBound()).isTrue();
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> Ports.of(this.data).fixed("kafka"))
				.withMessageContaining("Port " + kafka)
				.withMessageContaining("--data");
		}
		try (ServerSocket taken = new ServerSocket(redis)) {
			assertThat(taken.isBound()).isTrue();
			assertThat(Ports.of(this.data).any("redis")).isNotEqualTo(redis);
		}
	}

	private static Set<String> send(String kafka, int records) throws Exception {
		Properties settings = new Properties();
		settings.putAll(Map.of("bootstrap.servers", kafka, "acks", "all"));
		Set<String> sent = new HashSet<>();
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
			admin.createTopics(Set.of(new NewTopic("test.things.v1", 6, (short) -1))).all().get();
		}
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
				new StringSerializer())) {
			for (int i = 0; i < records; i++) {
				Future<RecordMetadata> unused = producer
					.send(new ProducerRecord<>("test.things.v1", "key-" + i, "value-" + i));
				sent.add("value-" + i);
			}
		}
		return sent;
	}

	private static Set<String> receive(String kafka, int expected) {
		Properties settings = new Properties();
		settings.putAll(Map.of("bootstrap.servers", kafka, "group.id", "test", "auto.offset.reset", "earliest"));
		Set<String> received = new HashSet<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of("test.things.v1"));
			long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
			while (received.size() < expected && System.nanoTime() < end) {
				consumer.poll(Duration.ofMillis(200)).forEach((record) -> received.add(record.value()));
			}
			assertThat(consumer.partitionsFor("test.things.v1")
				.stream()
				.map((it) -> it.partition())
				.collect(Collectors.toSet())).hasSize(6);
		}
		return received;
	}

}
