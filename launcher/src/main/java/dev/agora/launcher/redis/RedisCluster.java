package dev.agora.launcher.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClusterResetType;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.Probe;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/**
 * A Redis cluster of six servers: three masters, each with a third of the keys and a
 * replica that takes over if the master fails.
 */
public final class RedisCluster {

	/** The directory of its data, apart from the data of a single Redis. */
	public static final String DIRECTORY = "redis-cluster";

	private static final int MASTERS = 3;

	private static final int SLOTS = 16_384;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/** A server listens for the others on its own port plus this offset. */
	private static final int BUS_PORT_OFFSET = 10_000;

	/**
	 * The replica of a master takes over after two seconds without a response: soon, but
	 * not each time a busy machine is slow. Without full coverage the other masters keep
	 * serving their keys meanwhile.
	 */
	private static final String[] SETTINGS = { "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf",
			"--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no", "--cluster-announce-ip",
			"127.0.0.1", "--repl-diskless-sync-delay", "0" };

	private final List<RedisProcess> servers = new ArrayList<>();

	/** A file that exists once the cluster was complete. */
	private final Path marker;

	public RedisCluster(DataDirectory data, Ports ports) throws IOException {
		this.marker = data.directory(DIRECTORY).toAbsolutePath().resolve("made");
		for (int number = 1; number <= 2 * MASTERS; number++) {
			String name = "redis-" + number;
			// The servers store each other's ports.
			this.servers.add(new RedisProcess(name, data.directory(DIRECTORY + "/" + name).toAbsolutePath(),
					ports.fixed(name, BUS_PORT_OFFSET)));
		}
	}

	public String addresses() {
		return this.servers.stream().map(RedisProcess::address).collect(Collectors.joining(","));
	}

	/**
	 * Starts the servers.
	 * @param program the Redis to run
	 * @param supervisor starts the processes
	 * @return completes when each key has a master and a replica
	 * @throws IOException if a process cannot be started
	 */
	public CompletableFuture<Void> start(RedisProgram program, Supervisor supervisor) throws IOException {
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (RedisProcess server : this.servers) {
			ready.add(supervisor.start(server.spec(program, "64mb", SETTINGS)));
		}
		return CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)).thenRunAsync(this::complete);
	}

	private void complete() {
		try {
			if (!Files.exists(this.marker)) {
				create();
			}
			await("some keys have no master, or two",
					() -> everyServer(RedisCluster::isComplete) && masters() == MASTERS);
			Files.writeString(this.marker, "yes\n");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Problem("The launcher was interrupted while it created the Redis cluster.");
		}
		catch (IOException ex) {
			throw new Problem(
					"The Redis cluster cannot be created: " + ex.getMessage() + ". See ./agora logs redis-1.");
		}
	}

	/** Creates the cluster from scratch, also after an aborted attempt. */
	private void create() throws IOException, InterruptedException {
		List<String> ids = new ArrayList<>();
		for (int at = 0; at < this.servers.size(); at++) {
			try (RedisConnection server = connect(at)) {
				ids.add(reset(server, at + 1));
			}
		}
		for (int master = 0; master < MASTERS; master++) {
			try (RedisConnection server = connect(master)) {
				int[] slots = slots(master);
				server.execute((jedis) -> jedis.clusterAddSlots(slots));
			}
		}
		introduce();
		for (int replica = MASTERS; replica < this.servers.size(); replica++) {
			try (RedisConnection server = connect(replica)) {
				String master = ids.get(replica - MASTERS);
				server.execute((jedis) -> jedis.clusterReplicate(master));
			}
		}
	}

	/** Removes the keys and the cluster state of a server; returns its new id. */
	private static String reset(RedisConnection server, int epoch) throws IOException {
		// A replica refuses writes, and removes its keys when it is reset.
		if (isMaster(server)) {
			server.execute(Jedis::flushAll);
		}
		server.execute((jedis) -> jedis.clusterReset(ClusterResetType.HARD));
		// With different epochs the servers need not resolve a conflict.
		server.execute((jedis) -> jedis.clusterSetConfigEpoch(epoch));
		return server.execute(Jedis::clusterMyId);
	}

	private void introduce() throws IOException, InterruptedException {
		try (RedisConnection first = connect(0)) {
			for (RedisProcess server : this.servers.subList(1, this.servers.size())) {
				first.execute((jedis) -> jedis.clusterMeet("127.0.0.1", server.port()));
			}
		}
		await("some servers do not know the others", () -> everyServer(this::knowsAll));
	}

	private static int[] slots(int master) {
		return IntStream.range(SLOTS * master / MASTERS, SLOTS * (master + 1) / MASTERS).toArray();
	}

	private RedisConnection connect(int server) throws IOException {
		return new RedisConnection(this.servers.get(server).port());
	}

	private boolean knowsAll(RedisConnection server) throws IOException {
		String nodes = server.execute(Jedis::clusterNodes);
		return nodes.lines().count() == this.servers.size() && !nodes.contains("handshake");
	}

	/** Checks that all slots are served, and that a replica has copied its master. */
	private static boolean isComplete(RedisConnection server) throws IOException {
		String state = server.execute(Jedis::clusterInfo);
		return RedisConnection.field(state, "cluster_state").equals("ok")
				&& RedisConnection.field(state, "cluster_slots_ok").equals(String.valueOf(SLOTS))
				&& (isMaster(server) || server.info("replication", "master_link_status").equals("up"));
	}

	private static boolean isMaster(RedisConnection server) throws IOException {
		return server.info("replication", "role").equals("master");
	}

	/**
	 * Counts the masters. A replaced master counts until it has received the new
	 * configuration.
	 */
	private int masters() throws IOException {
		int masters = 0;
		for (int at = 0; at < this.servers.size(); at++) {
			try (RedisConnection server = connect(at)) {
				masters += isMaster(server) ? 1 : 0;
			}
		}
		return masters;
	}

	private boolean everyServer(ServerCondition condition) throws IOException {
		for (int at = 0; at < this.servers.size(); at++) {
			try (RedisConnection server = connect(at)) {
				if (!condition.holds(server)) {
					return false;
				}
			}
		}
		return true;
	}

	private static void await(String obstacle, Probe probe) throws InterruptedException {
		long end = System.nanoTime() + TIMEOUT.toNanos();
		while (!holds(probe)) {
			if (System.nanoTime() > end) {
				throw new Problem("The Redis cluster is not ready after " + TIMEOUT.toSeconds() + " s: " + obstacle
						+ ". See ./agora logs redis-1. Its keys can be lost without harm: remove " + DIRECTORY
						+ " in the data directory and start again.");
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	private static boolean holds(Probe probe) throws InterruptedException {
		try {
			return probe.isReady();
		}
		catch (IOException ex) {
			// A server that is busy or ends does not answer; the timeout decides.
			return false;
		}
	}

	/** A condition on one server. */
	private interface ServerCondition {

		boolean holds(RedisConnection server) throws IOException;

	}

}
