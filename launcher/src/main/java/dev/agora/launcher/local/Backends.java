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

/** The brokers and stores: started, or given where they run already. */
final class Backends {

	private final LaunchOptions plan;

	private final DataDirectory data;

	private final Installation installation;

	private final Ports ports;

	private final Supervisor supervisor;

	private String mongodb = "";

	private String redis = "";

	private String kafka = "";

	Backends(LaunchOptions plan, DataDirectory data, Installation installation, Ports ports, Supervisor supervisor) {
		this.plan = plan;
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
		if (this.plan.kafka() != null) {
			this.kafka = this.plan.kafka();
			return given("Kafka", this.kafka);
		}
		KafkaBrokers brokers = new KafkaBrokers(this.plan.brokers(), this.data, this.installation, this.ports);
		this.kafka = brokers.addresses();
		return brokers.start(this.supervisor);
	}

	CompletableFuture<Void> startRedis() throws IOException, InterruptedException {
		forgetOtherCaches();
		if (this.plan.redis() != null) {
			this.redis = this.plan.redis();
			return given("Redis", this.redis);
		}
		RedisProgram program = RedisProgram.of(this.data);
		forgetKeysOfAnother(program);
		if (this.plan.redisCluster()) {
			RedisCluster cluster = new RedisCluster(this.data, this.ports);
			this.redis = cluster.addresses();
			return cluster.start(program, this.supervisor);
		}
		RedisProcess process = RedisProcess.single(this.data, this.ports);
		this.redis = process.address();
		return this.supervisor.start(process.spec(program, "128mb"));
	}

	/** What a Redis that is not used now has kept misses all changes from here on. */
	private void forgetOtherCaches() throws IOException {
		boolean started = this.plan.redis() == null;
		if (!started || this.plan.redisCluster()) {
			DataDirectory.delete(this.data.root().resolve("redis"));
		}
		if (!started || !this.plan.redisCluster()) {
			DataDirectory.delete(this.data.root().resolve(RedisCluster.DIRECTORY));
		}
	}

	/**
	 * Keys that another version cannot read would come back, outdated, with the first.
	 */
	private void forgetKeysOfAnother(RedisProgram program) throws IOException {
		String directory = this.plan.redisCluster() ? RedisCluster.DIRECTORY : "redis";
		if (StoreEngines.forgetKeysOfAnother(this.data.directory(directory), program.engine())) {
			this.supervisor.say("%-20s starts empty: what it kept is of another version than %s", "redis",
					program.engine());
		}
	}

	CompletableFuture<Void> startMongo() throws IOException {
		if (this.plan.mongodb() != null) {
			this.mongodb = this.plan.mongodb();
			return given("MongoDB", this.mongodb);
		}
		MongoProcess process = new MongoProcess(this.data, this.installation, this.ports);
		this.mongodb = process.uri();
		return this.supervisor.start(process.spec());
	}

	private CompletableFuture<Void> given(String name, String address) {
		StoreAddress store = StoreAddress.of(address);
		this.supervisor.say("%-20s given: %s", name, store.shown());
		this.supervisor.watch().waitsFor(name + " at " + store.shown(), store::isReachable);
		return CompletableFuture.completedFuture(null);
	}

}
