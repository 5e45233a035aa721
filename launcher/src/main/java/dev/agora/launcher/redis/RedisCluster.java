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

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.Probe;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/**
 * Six servers of Redis as a cluster: three masters, each with a third of the keys and a
 * replica that takes over from it.
 */
public final class RedisCluster {

	/** Where its data is, apart from that of a Redis that stands alone. */
	public static final String DIRECTORY = "redis-cluster";

	private static final int MASTERS = 3;

	private static final int SLOTS = 16_384;

	private static final Duration BOUND = Duration.ofSeconds(60);

	/** So much higher than its port a server listens for the others. */
	private static final int BUS = 10_000;

	/**
	 * A master that is silent for two seconds is replaced: soon, but not whenever a busy
	 * machine is slow. Without full coverage the other masters go on meanwhile: each key
	 * stands for itself.
	 */
	private static final String[] SETTINGS = { "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf",
			"--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no", "--cluster-announce-ip",
			"127.0.0.1", "--repl-diskless-sync-delay", "0" };

	private final List<RedisProcess> servers = new ArrayList<>();

	/** Is there once the cluster is whole. */
	private final Path made;

	public RedisCluster(DataDirectory data, Ports ports) throws IOException {
		this.made = data.directory(DIRECTORY).toAbsolutePath().resolve("made");
		for (int number = 1; number <= 2 * MASTERS; number++) {
			String name = "redis-" + number;
			// The servers write down each other's ports.
			this.servers.add(new RedisProcess(name, data.directory(DIRECTORY + "/" + name).toAbsolutePath(),
					ports.fixed(name, BUS)));
		}
	}

	public String addresses() {
		return this.servers.stream().map(RedisProcess::address).collect(Collectors.joining(","));
	}

	/** Starts the servers; the result says when each key has its master and replica. */
	public CompletableFuture<Void> start(RedisProgram program, Supervisor supervisor) throws IOException {
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (RedisProcess server : this.servers) {
			ready.add(supervisor.start(server.spec(program, "64mb", SETTINGS)));
		}
		return CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)).thenRunAsync(this::makeWhole);
	}

	private void makeWhole() {
		try {
			if (!Files.exists(this.made)) {
				make();
			}
			await("each key has one master", () -> everyServer(RedisCluster::isWhole) && masters() == MASTERS);
			Files.writeString(this.made, "yes\n");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Problem("Interrupted while the Redis cluster was being made.");
		}
		catch (IOException ex) {
			throw new Problem("The Redis cluster cannot be made: " + ex.getMessage() + ".");
		}
	}

	/** From the start, whatever an aborted attempt has left. */
	private void make() throws IOException, InterruptedException {
		List<String> ids = new ArrayList<>();
		for (int at = 0; at < this.servers.size(); at++) {
			try (RedisConnection server = connect(at)) {
				ids.add(forget(server, at + 1));
			}
		}
		for (int master = 0; master < MASTERS; master++) {
			try (RedisConnection server = connect(master)) {
				server.ask(slots(master));
			}
		}
		introduce();
		for (int replica = MASTERS; replica < this.servers.size(); replica++) {
			try (RedisConnection server = connect(replica)) {
				server.ask("CLUSTER", "REPLICATE", ids.get(replica - MASTERS));
			}
		}
	}

	/** Makes a server know nothing but itself; gives its new id. */
	private static String forget(RedisConnection server, int epoch) throws IOException {
		// A replica takes no writes, and forgets its keys when it is reset.
		if (isMaster(server)) {
			server.ask("FLUSHALL");
		}
		server.ask("CLUSTER", "RESET", "HARD");
		// Else all claim the same slots' first epoch and have to settle it.
		server.ask("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(epoch));
		return server.ask("CLUSTER", "MYID");
	}

	private void introduce() throws IOException, InterruptedException {
		try (RedisConnection first = connect(0)) {
			for (RedisProcess server : this.servers.subList(1, this.servers.size())) {
				first.ask("CLUSTER", "MEET", "127.0.0.1", String.valueOf(server.port()));
			}
		}
		await("all servers know each other", () -> everyServer(this::knowsAll));
	}

	private static List<String> slots(int master) {
		List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
		for (int slot = SLOTS * master / MASTERS; slot < SLOTS * (master + 1) / MASTERS; slot++) {
			words.add(String.valueOf(slot));
		}
		return words;
	}

	private RedisConnection connect(int server) throws IOException {
		return new RedisConnection(this.servers.get(server).port());
	}

	private boolean knowsAll(RedisConnection server) throws IOException {
		String nodes = server.ask("CLUSTER", "NODES");
		return nodes.lines().count() == this.servers.size() && !nodes.contains("handshake");
	}

	/** Also that no replica is still being filled: it could not take over. */
	private static boolean isWhole(RedisConnection server) throws IOException {
		String state = server.ask("CLUSTER", "INFO");
		return RedisConnection.field(state, "cluster_state").equals("ok")
				&& RedisConnection.field(state, "cluster_slots_ok").equals(String.valueOf(SLOTS))
				&& (isMaster(server) || server.info("replication", "master_link_status").equals("up"));
	}

	private static boolean isMaster(RedisConnection server) throws IOException {
		return server.info("replication", "role").equals("master");
	}

	/** More than there should be, until one that was replaced has heard of it. */
	private int masters() throws IOException {
		int masters = 0;
		for (int at = 0; at < this.servers.size(); at++) {
			try (RedisConnection server = connect(at)) {
				masters += isMaster(server) ? 1 : 0;
			}
		}
		return masters;
	}

	private boolean everyServer(Question question) throws IOException {
		for (int at = 0; at < this.servers.size(); at++) {
			try (RedisConnection server = connect(at)) {
				if (!question.ask(server)) {
					return false;
				}
			}
		}
		return true;
	}

	private static void await(String what, Probe probe) throws InterruptedException {
		long end = System.nanoTime() + BOUND.toNanos();
		while (!isSo(probe)) {
			if (System.nanoTime() > end) {
				throw new Problem("In the Redis cluster it is not so within " + BOUND.toSeconds() + " s that " + what
						+ "; see ./agora logs redis-1. Its keys can be lost without harm: remove " + DIRECTORY
						+ " in the data directory and start again.");
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	private static boolean isSo(Probe probe) throws InterruptedException {
		try {
			return probe.isReady();
		}
		catch (IOException ex) {
			// A server is too busy to answer, or ends: the bound decides.
			return false;
		}
	}

	/** Something that a server is asked. */
	private interface Question {

		boolean ask(RedisConnection server) throws IOException;

	}

}
