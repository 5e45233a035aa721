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
 * The ports of a data directory, chosen free on first use and kept: whoever is killed and
 * started again is found where it was.
 */
public final class Ports {

	/** Below the range from which a system takes the ports of outgoing connections. */
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
			throw new Problem(
					file + " is damaged. Restore it if you can; without it, start with other data (--data DIR)"
							+ " or afresh (--fresh).");
		}
	}

	/** A port that may change when something else has taken it. */
	public int any(String name) throws IOException {
		Integer before = this.kept.get(name);
		int port = (before != null && isFree(before)) ? before : choose((any) -> true);
		return keep(name, port);
	}

	/** A port that stands in the data itself and so cannot change. */
	public int fixed(String name) throws IOException {
		Integer before = this.kept.get(name);
		if (before == null) {
			return keep(name, choose((any) -> true));
		}
		if (!isFree(before)) {
			throw new Problem("Port " + before + ", which " + name + " has used since the data in " + this.data.root()
					+ " was made, is taken by another process. End that process, or start with other data"
					+ " (--data DIR) or afresh (--fresh).");
		}
		return keep(name, before);
	}

	/** The same, for who listens also on a port that is so much higher. */
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

	private int choose(IntPredicate suits) {
		for (int tries = 0; tries < 1000; tries++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			if (isUnused(port) && suits.test(port)) {
				return port;
			}
		}
		throw new Problem("No free port between " + LOWEST + " and " + HIGHEST + ".");
	}

	private boolean isUnused(int port) {
		return isFree(port) && !this.kept.containsValue(port);
	}

	private boolean isFree(int port) {
		return !this.given.contains(port) && canBind(port);
	}

	/** Whether nothing listens there, at this address or at all addresses. */
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
