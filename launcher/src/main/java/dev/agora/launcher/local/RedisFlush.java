package dev.agora.launcher.local;

import java.io.IOException;
import java.util.List;

import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.redis.RedisConnection;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

/**
 * Deletes all keys of Redis, which are copies.
 *
 * @param data the data directory of the system
 */
public record RedisFlush(DataDirectory data) {

	private static final String REDIS = "redis";

	/** Deletes the keys of all masters. */
	String flush(String name) throws IOException {
		List<ProcessState> servers = SystemState.read(this.data)
			.map((state) -> state.instancesOf(REDIS))
			.orElse(List.of());
		if (!name.equals(REDIS) || servers.isEmpty()) {
			throw new Problem(
					"Only a Redis that the launcher has started can be flushed: POST /processes/redis/flush.");
		}
		int masters = 0;
		for (ProcessState server : servers) {
			try (RedisConnection connection = new RedisConnection(server.port())) {
				masters += connection.flushMaster() ? 1 : 0;
			}
		}
		return "Redis was flushed" + ((masters > 1) ? " on " + masters + " masters." : ".");
	}

}
