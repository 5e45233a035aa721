package dev.agora.launcher.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import redis.clients.jedis.Jedis;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.DataDirectory;

/**
 * One Redis server, which keeps its keys in a file.
 *
 * @param name the name of the process
 * @param directory the directory of the file
 * @param port the port on 127.0.0.1
 */
public record RedisProcess(String name, Path directory, int port) {

	private static final String NAME = "redis";

	/** Describes the server of a system that has no cluster. */
	public static RedisProcess single(DataDirectory data, Ports ports) throws IOException {
		return new RedisProcess(NAME, data.directory(NAME).toAbsolutePath(), ports.any(NAME));
	}

	public String address() {
		return "redis://127.0.0.1:" + this.port;
	}

	/**
	 * Specifies how the server is started.
	 * @param program the Redis to run
	 * @param memory the value of {@code maxmemory}
	 * @param settings further settings
	 */
	public ProcessSpec spec(RedisProgram program, String memory, String... settings) {
		List<String> command = new ArrayList<>(List.of(program.file().toString(), "--port", String.valueOf(this.port),
				"--bind", "127.0.0.1", "--dir", ".", "--appendonly", "yes", "--save", "", "--maxmemory", memory));
		command.addAll(List.of("--maxmemory-policy", "volatile-lru"));
		command.addAll(List.of(settings));
		return new ProcessSpec(this.name, Tier.STORE, program.version(), command, Map.of(), this.directory, this.port,
				0, this::answersPing, null);
	}

	private boolean answersPing() throws IOException {
		try (RedisConnection redis = new RedisConnection(this.port)) {
			return "PONG".equals(redis.execute(Jedis::ping));
		}
	}

}
