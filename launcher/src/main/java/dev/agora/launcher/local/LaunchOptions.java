package dev.agora.launcher.local;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.agora.launcher.kafka.KafkaBrokers;

/**
 * What {@code up} was asked for.
 *
 * @param host the address at which gateways listen
 * @param port the gateway's port, 0 for a free one
 * @param clones how many processes of a service, one where it is not named
 * @param backendsOnly whether to leave the services out
 * @param mongodb the address of a MongoDB that runs already
 * @param redis the address of a Redis that runs already
 * @param kafka the addresses of brokers that run already
 * @param brokers how many brokers to start, 1 or 3
 * @param redisCluster whether to start Redis as a cluster
 * @param images the images to run the services of, else they run as processes
 */
public record LaunchOptions(String host, int port, Map<String, Integer> clones, boolean backendsOnly,
		@Nullable String mongodb, @Nullable String redis, @Nullable String kafka, int brokers, boolean redisCluster,
		@Nullable ImageOptions images) {

	/** How many brokers there can be. */
	public static final List<Integer> BROKERS = KafkaBrokers.COUNTS;

	/** How services reach Redis. */
	String redisMode() {
		return this.redisCluster ? "cluster" : "single";
	}

	int clonesOf(String service) {
		return this.clones.getOrDefault(service, 1);
	}

}
