package dev.agora.launcher.local;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import dev.agora.launcher.kafka.KafkaBrokers;
import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.redis.RedisCluster;
import dev.agora.launcher.redis.RedisProcess;
import dev.agora.launcher.redis.RedisProgram;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Installation;

/** Starts the brokers and stores, or uses those that run already. */
final class Backends {

	private final LaunchOptions options;

	private final DataDirectory data;

	private final Installation installation;

	private final Ports ports;

	private final Supervisor supervisor;

	private String mongodb = "";

	private String redis = "";

	private String kafka = "";

	Backends(LaunchOptions options, DataDirectory data, Installation installation, Ports ports, Supervisor supervisor) {
		this.options = options;
		this.data = data;
		this.installation = installation;
		this.ports = ports;
		this.supervisor = supervisor;
	}

	String mongodb() {
		return this.mongodb;
	}

	String redis() {
		return this.redis;
	}

	String kafka() {
		return this.kafka;
	}

	CompletableFuture<Void> startKafka() throws IOException, InterruptedException {
		if (this.options.kafka() != null) {
			this.kafka = this.options.kafka();
			return useRunning("Kafka", this.kafka);
		}
		KafkaBrokers brokers = new KafkaBrokers(this.options.brokers(), this.data, this.installation, this.ports);
		this.kafka = brokers.addresses();
		return brokers.start(this.supervisor);
	}

	CompletableFuture<Void> startRedis() throws IOException, InterruptedException {
		deleteUnusedCaches();
		if (this.options.redis() != null) {
			this.redis = this.options.redis();
			return useRunning("Redis", this.redis);
		}
		RedisProgram program = RedisProgram.of(this.data);
		deleteKeysOfOtherEngine(program);
		if (this.options.redisCluster()) {
			RedisCluster cluster = new RedisCluster(this.data, this.ports);
			this.redis = cluster.addresses();
			return cluster.start(program, this.supervisor);
		}
		RedisProcess process = RedisProcess.single(this.data, this.ports);
		this.redis = process.address();
		return this.supervisor.start(process.spec(program, "128mb"));
	}

	/**
	 * Deletes the keys of a Redis that is not started now, since they become outdated.
	 */
	private void deleteUnusedCaches() throws IOException {
		boolean started = this.options.redis() == null;
		if (!started || this.options.redisCluster()) {
			DataDirectory.delete(this.data.root().resolve("redis"));
		}
		if (!started || !this.options.redisCluster()) {
			DataDirectory.delete(this.data.root().resolve(RedisCluster.DIRECTORY));
		}
	}

	/**
	 * Deletes keys that this engine cannot read. They would be outdated when the engine
	 * that wrote them is used again.
	 */
	private void deleteKeysOfOtherEngine(RedisProgram program) throws IOException {
		String directory = this.options.redisCluster() ? RedisCluster.DIRECTORY : "redis";
		if (StoreEngines.deleteKeysOfOtherEngine(this.data.directory(directory), program.engine())) {
			this.supervisor.print("%-20s starts empty, since another engine than %s wrote its keys", "redis",
					program.engine());
		}
	}

	CompletableFuture<Void> startMongo() throws IOException {
		if (this.options.mongodb() != null) {
			this.mongodb = this.options.mongodb();
			return useRunning("MongoDB", this.mongodb);
		}
		MongoProcess process = new MongoProcess(this.data, this.installation, this.ports, this.options);
		this.mongodb = process.uri();
		return this.supervisor.start(process.spec());
	}

	private CompletableFuture<Void> useRunning(String name, String address) {
		StoreAddress store = StoreAddress.of(address);
		this.supervisor.print("%-20s runs already at %s", name, store.shown());
		this.supervisor.startup().watchStore(name + " at " + store.shown(), store::isReachable);
		return CompletableFuture.completedFuture(null);
	}

}
