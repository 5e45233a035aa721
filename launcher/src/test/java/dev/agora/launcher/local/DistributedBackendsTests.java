package dev.agora.launcher.local;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.kafka.KafkaBrokers;
import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.redis.RedisCluster;
import dev.agora.launcher.redis.RedisConnection;
import dev.agora.launcher.redis.RedisProgram;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Installation;
import dev.agora.launcher.root.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Starts three brokers and a Redis cluster as processes of their own. */
class DistributedBackendsTests {

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
		this.supervisor = supervisor();
	}

	@AfterEach
	void stop() throws Exception {
		this.supervisor.close();
	}

	@Test
	void replicatesEachRecordToThreeBrokersAndAcknowledgesItAfterTwo() throws Exception {
		KafkaBrokers brokers = brokers(3);
		brokers.start(this.supervisor).join();
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers.addresses()))) {
			admin.createTopics(Set.of(new NewTopic("things", 2, (short) -1))).all().get();
			// Each broker learns of the topic in its own time.
			TopicDescription things = await().atMost(Duration.ofSeconds(30))
				.ignoreExceptionsInstanceOf(ExecutionException.class)
				.until(() -> admin.describeTopics(List.of("things")).allTopicNames().get().get("things"),
						Objects::nonNull);
			assertThat(things.partitions()).allSatisfy((partition) -> assertThat(partition.replicas()).hasSize(3));
			ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "things");
			await().atMost(Duration.ofSeconds(30))
				.ignoreExceptionsInstanceOf(ExecutionException.class)
				.untilAsserted(() -> assertThat(
						admin.describeConfigs(Set.of(topic)).all().get().get(topic).get("min.insync.replicas").value())
					.isEqualTo("2"));
			assertThat(admin.describeMetadataQuorum().quorumInfo().get().voters()).hasSize(3);
		}
	}

	@Test
	void refusesAnotherNumberOfBrokersThanTheDataHas() throws Exception {
		Files.createDirectories(this.directory.resolve("kafka/log"));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> brokers(3))
			.withMessageContaining("--brokers 1")
			.withMessageContaining("--fresh");
		DataDirectory.delete(this.directory.resolve("kafka"));
		Files.createDirectories(this.directory.resolve("kafka-1/log"));
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> brokers(1)).withMessageContaining("--brokers 3");
	}

	@Test
	void replacesAKilledMasterAndRestartsAsTheSameCluster() throws Exception {
		RedisCluster cluster = startRedis();
		String addresses = cluster.addresses();
		assertThat(roles()).containsExactly("master", "master", "master", "slave", "slave", "slave");
		this.supervisor.kill("redis-1");
		await().atMost(Duration.ofSeconds(30)).until(() -> role("redis-4").equals("master"));
		this.supervisor.restart("redis-1", null);
		await().atMost(Duration.ofSeconds(30)).until(() -> role("redis-1").equals("slave"));
		this.supervisor.close();
		this.supervisor = supervisor();
		assertThat(startRedis().addresses()).isEqualTo(addresses);
		assertThat(roles()).containsExactly("slave", "master", "master", "master", "slave", "slave");
	}

	@Test
	void completesAClusterWhoseCreationWasInterrupted() throws Exception {
		startRedis();
		this.supervisor.close();
		Files.delete(this.directory.resolve("redis-cluster/made"));
		this.supervisor = supervisor();
		startRedis();
		assertThat(roles()).containsExactly("master", "master", "master", "slave", "slave", "slave");
	}

	private Supervisor supervisor() {
		return new Supervisor(this.data, new PrintStream(PrintStream.nullOutputStream()));
	}

	private KafkaBrokers brokers(int count) throws Exception {
		return new KafkaBrokers(count, this.data, Installation.current(), Ports.of(this.data));
	}

	private RedisCluster startRedis() throws Exception {
		RedisCluster cluster = new RedisCluster(this.data, Ports.of(this.data));
		cluster.start(RedisProgram.of(this.data), this.supervisor).join();
		return cluster;
	}

	private List<String> roles() throws Exception {
		List<String> roles = new ArrayList<>();
		for (int number = 1; number <= 6; number++) {
			roles.add(role("redis-" + number));
		}
		return roles;
	}

	private String role(String name) throws Exception {
		int port = SystemState.read(this.data).orElseThrow().process(name).port();
		try (RedisConnection redis = new RedisConnection(port)) {
			return redis.info("replication", "role");
		}
	}

}
