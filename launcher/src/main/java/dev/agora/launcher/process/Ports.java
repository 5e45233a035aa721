package dev.agora.launcher.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.ListenAddress;
import dev.agora.launcher.root.Problem;

/**
 * Assigns ports to the processes of a data directory and keeps them in a file, so that a
 * process listens on the same port after a restart.
 */
public final class Ports {

	/** The range lies below the ports that a system uses for outgoing connections. */
	private static final int LOWEST = 20_000;

	private static final int HIGHEST = 30_000;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final DataDirectory data;

	private final Map<String, Integer> kept;

	private final Set<Integer> given = new HashSet<>();

	private Ports(DataDirectory data, Map<String, Integer> kept) {
		this.data = data;
		this.kept = kept;
	}

	public static Ports of(DataDirectory data) throws IOException {
		Map<String, Integer> kept = new TreeMap<>();
		if (Files.exists(data.portsFile())) {
			kept.putAll(read(data.portsFile()));
		}
		return new Ports(data, kept);
	}

	private static Map<String, Integer> read(Path file) throws IOException {
		try {
			return JSON.readValue(Files.readAllBytes(file), new TypeReference<Map<String, Integer>>() {
			});
		}
		catch (JacksonException ex) {
			throw new Problem(file + " is damaged. Restore it, or start with another directory (--data DIR)"
					+ " or without the old data (--fresh).");
		}
	}

	/**
	 * Returns a port for a process: a new one if another process uses the previous one.
	 */
	public int any(String name) throws IOException {
		Integer last = this.kept.get(name);
		int port = (last != null && isFree(last)) ? last : choose((any) -> true);
		return keep(name, port);
	}

	/** Returns a port that cannot change, since the data of the process contains it. */
	public int fixed(String name) throws IOException {
		Integer last = this.kept.get(name);
		if (last == null) {
			return keep(name, choose((any) -> true));
		}
		if (!isFree(last)) {
			throw new Problem("Port " + last + " is in use by another process, and the data in " + this.data.root()
					+ " ties " + name + " to that port. End the other process, or start with another directory"
					+ " (--data DIR) or without the old data (--fresh).");
		}
		return keep(name, last);
	}

	/**
	 * Returns a port that cannot change, for a process that also listens at a higher
	 * port.
	 */
	public int fixed(String name, int distance) throws IOException {
		String bus = name + "-bus";
		if (this.kept.containsKey(name)) {
			fixed(bus);
			return fixed(name);
		}
		int higher = choose((port) -> isUnused(port - distance));
		keep(bus, higher);
		return keep(name, higher - distance);
	}

	private int keep(String name, int port) throws IOException {
		this.given.add(port);
		if (!Integer.valueOf(port).equals(this.kept.put(name, port))) {
			DataDirectory.writeAtomically(this.data.portsFile(), JSON.writeValueAsBytes(this.kept));
		}
		return port;
	}

	private int choose(IntPredicate condition) {
		for (int tries = 0; tries < 1000; tries++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			if (isUnused(port) && condition.test(port)) {
				return port;
			}
		}
		throw new Problem(
				"There is no free port between " + LOWEST + " and " + HIGHEST + ". End processes that listen there.");
	}

	private boolean isUnused(int port) {
		return isFree(port) && !this.kept.containsValue(port);
	}

	private boolean isFree(int port) {
		return !this.given.contains(port) && canBind(port);
	}

	/** Whether a port is free both at this address and at all addresses. */
	public static boolean canBind(String host, int port) {
		return canBind(new InetSocketAddress(host, port)) && canBind(new InetSocketAddress(port));
	}

	private static boolean canBind(int port) {
		return canBind(ListenAddress.LOOPBACK, port);
	}

	private static boolean canBind(InetSocketAddress address) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(address);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
