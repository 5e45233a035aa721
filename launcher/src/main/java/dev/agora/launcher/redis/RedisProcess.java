package dev.agora.launcher.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.DataDirectory;

/**
 * One server of Redis, with its keys in a file.
 *
 * @param name its name
 * @param directory where its file is
 * @param port where it serves
 */
public record RedisProcess(String name, Path directory, int port) {

	private static final String NAME = "redis";

	/** The only one of a system. */
	public static RedisProcess single(DataDirectory data, Ports ports) throws IOException {
		return new RedisProcess(NAME, data.directory(NAME).toAbsolutePath(), ports.any(NAME));
	}

	public String address() {
		return "redis://127.0.0.1:" + this.port;
	}

	/**
	 * How it is started.
	 * @param memory the most that its keys may take
	 * @param more further settings
	 */
	public ProcessSpec spec(RedisProgram program, String memory, String... more) {
		List<String> command = new ArrayList<>(List.of(program.file().toString(), "--port", String.valueOf(this.port),
				"--bind", "127.0.0.1", "--dir", ".", "--appendonly", "yes", "--save", "", "--maxmemory", memory));
		command.addAll(List.of("--maxmemory-policy", "volatile-lru"));
		command.addAll(List.of(more));
		return new ProcessSpec(this.name, Tier.STORE, program.version(), command, Map.of(), this.directory, this.port,
				0, this::answersPing, null);
	}

	private boolean answersPing() throws IOException {
		try (RedisConnection redis = new RedisConnection(this.port)) {
			return "PONG".equals(redis.ask("PING"));
		}
	}

}
